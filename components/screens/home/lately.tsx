'use client';
import { IconArrowRight } from '@tabler/icons-react';
import { useProject } from '#components/shell/project-context.tsx';
import { useNow, useTimeZone } from '#components/ui/date-time.tsx';
import { formatExact } from '#components/ui/format-time.ts';
import { Link } from '#components/ui/link.tsx';
import { Timeline } from '#components/ui/timeline.tsx';
import type { Home } from '#server/features/home/home.schema.ts';
import s from './home.module.css';
import { momentWords } from './moment.ts';
import { newsWords } from './news-words.ts';

/** What changed last, told from the record; only for those who may read it. */
export function Lately({ recent }: { recent: Home['recent'] }) {
  const project = useProject();
  const zone = useTimeZone();
  const now = useNow(60_000);
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
            return {
              key: entry.id,
              when: (
                <time dateTime={entry.at.toISOString()} title={formatExact(entry.at, zone)} suppressHydrationWarning>
                  {momentWords(entry.at, now, zone)}
                </time>
              ),
              title,
              note: note ?? undefined,
              tone,
            };
          })}
        />
      )}
    </section>
  );
}
