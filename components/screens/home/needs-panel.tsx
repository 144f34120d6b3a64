'use client';
import { Button } from '@mantine/core';
import { type Icon, IconAlertTriangle, IconGavel, IconPlayerPause, IconTags, IconUrgent } from '@tabler/icons-react';
import { useProject } from '#components/shell/project-context.tsx';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { Link } from '#components/ui/link.tsx';
import type { Need } from '#server/features/home/home.schema.ts';
import s from './home.module.css';

const ICONS: Record<Need['kind'], { icon: Icon; tone: string | undefined }> = {
  decision: { icon: IconGavel, tone: s.accent },
  review: { icon: IconUrgent, tone: s.bad },
  alert: { icon: IconAlertTriangle, tone: s.bad },
  labels: { icon: IconTags, tone: undefined },
  rollout: { icon: IconPlayerPause, tone: s.warn },
};

/** What waits for the reader, an act each; whoever only looks on is told what waits, and for whom. */
export function NeedsPanel({ needs }: { needs: readonly Need[] }) {
  const project = useProject();
  const onlooker = project.role === 'manager';
  return (
    <section id="needs-you" tabIndex={-1} className={s.panel} aria-labelledby="needs-title">
      <div className={s.panelHead}>
        <h2 id="needs-title">{onlooker ? 'What waits' : 'Needs you'}</h2>
        <span className="num ink-3">{needs.length}</span>
      </div>
      {needs.length === 0 && <p className="ink-2">{onlooker ? 'Nothing waits for anybody.' : 'Nothing waits for you.'}</p>}
      <ul>
        {needs.map((need) => (
          <NeedRow key={need.key} need={need} href={`/${project.name}/${need.path}`} />
        ))}
      </ul>
    </section>
  );
}

function NeedRow({ need, href }: { need: Need; href: string }) {
  const { icon: NeedIcon, tone } = ICONS[need.kind];
  return (
    <li className={s.need}>
      <NeedIcon size={16} stroke={1.75} aria-hidden className={tone} />
      <div>
        {need.act === null ? (
          <Link href={href} className={s.needTitle}>
            {need.title}
          </Link>
        ) : (
          <p className="strong">{need.title}</p>
        )}
        <p className="caption">
          {need.note}
          {need.since !== null && (
            <>
              {' · '}
              <RelativeTime at={need.since} />
            </>
          )}
        </p>
      </div>
      {need.act !== null && (
        <Button component={Link} href={href} size="xs">
          {need.act}
          <span className="sr-only">: {need.title}</span>
        </Button>
      )}
    </li>
  );
}
