'use client';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowRight } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLive } from '#components/shell/live.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { refresh } from '#components/shell/refresh.ts';
import { useTRPC } from '#components/shell/trpc.ts';
import { useNow, useTimeZone } from '#components/ui/date-time.tsx';
import { formatLongDay } from '#components/ui/format-time.ts';
import { Link } from '#components/ui/link.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen, Section } from '#components/ui/screen.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import type { Home } from '#server/features/home/home.schema.ts';
import { AlsoServing } from './also-serving.tsx';
import { Beginning } from './beginning.tsx';
import s from './home.module.css';
import { Lately } from './lately.tsx';
import { NeedsPanel } from './needs-panel.tsx';
import { ServedMain } from './served-main.tsx';

const NEWS = ['run.', 'launch.', 'promotion.', 'model.', 'rollout.', 'deployment.', 'alert.', 'monitor.', 'label.', 'dataset.'];
const BY_CONCERN = ['drift', 'possible', 'unknown', 'no'];

/** The first page of a project: whether to worry, what is in production, what needs the reader. */
export function HomeScreen() {
  const trpc = useTRPC();
  const project = useProject();
  const client = useQueryClient();
  const home = useQuery(trpc.home.get.queryOptions({ project: project.name }));
  useLive(NEWS, () => refresh(client, { queryKey: trpc.home.get.queryKey({ project: project.name }) }));
  const narrow = useMediaQuery('(max-width: 1099px)') ?? false;
  const side = home.data && (
    <>
      <NeedsPanel needs={home.data.needs} />
      <Lately recent={home.data.recent} />
    </>
  );
  return (
    <Screen side={narrow ? undefined : side} sideTitle="What needs you, and what changed" sideWidth={368}>
      <h1 className="sr-only">{project.title}</h1>
      <QueryGate query={home} what="What is in production" rows={12}>
        {(data) => (
          <>
            <Today home={data} />
            {narrow && <div className={s.inline}>{side}</div>}
          </>
        )}
      </QueryGate>
    </Screen>
  );
}

function Today({ home }: { home: Home }) {
  const project = useProject();
  const now = useNow(60_000);
  const zone = useTimeZone();
  const [main, ...others] = [...home.served].sort((a, b) => BY_CONCERN.indexOf(a.state) - BY_CONCERN.indexOf(b.state));
  const today = <time suppressHydrationWarning>{formatLongDay(now, zone)}</time>;
  if (!main || home.served.every((one) => one.version === null)) {
    return (
      <>
        <p className="caption">{today}</p>
        <Beginning journey={home.journey} />
      </>
    );
  }
  return (
    <>
      <Sentence before={today} explanation={home.consequence || undefined}>
        {home.sentence}
      </Sentence>
      <div className={s.production}>
        <Section
          title="In production"
          actions={
            <Link href={`/${project.name}/deployments`} className={s.more}>
              All deployments <IconArrowRight size={14} stroke={1.75} aria-hidden />
            </Link>
          }
        >
          <ServedMain served={main} />
          <AlsoServing served={others} />
        </Section>
      </div>
    </>
  );
}
