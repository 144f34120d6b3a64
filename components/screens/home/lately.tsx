'use client';
import { IconArrowRight } from '@tabler/icons-react';
import Link from 'next/link';
import { useProject } from '#components/shell/project-context.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import { Timeline } from '#components/ui/timeline.tsx';
import type { Home } from '#server/features/home/home.schema.ts';
import s from './home.module.css';
import { newsWords } from './news-words.ts';

/** What changed last, told from the record; only for those who may read it. */
export function Lately({ recent }: { recent: Home['recent'] }) {
  const project = useProject();
  if (!project.can('audit:read')) return null;
  return (
    <section className={s.panel} aria-labelledby="lately-title">
      <div className={s.panelHead}>
        <h2 id="lately-title">Lately</h2>
        <Link href={`/${project.name}/audit`} className={s.more}>
          Audit <IconArrowRight size={14} stroke={1.75} aria-hidden />
        </Link>
      </div>
      {recent.length === 0 ? (
        <p className="ink-2">Nothing has changed yet.</p>
      ) : (
        <Timeline
          label="What changed lately"
          items={recent.map((entry) => {
            const { title, note, tone } = newsWords(entry);
            return { key: entry.id, when: <DateTime at={entry.at} />, title, note, tone };
          })}
        />
      )}
    </section>
  );
}
