'use client';
import { DateTime } from '#components/ui/date-time.tsx';
import { formatBytes, formatCount } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import type { VersionSummary } from '#server/features/datasets/versions.schema.ts';
import s from './version.module.css';

const SHOWN = 3;

/** The versions of a dataset in their order, and what made the difference between them. */
export function VersionStrip({ versions, current, path }: { versions: VersionSummary[]; current: number; path: string }) {
  const ordered = versions.toSorted((a, b) => a.number - b.number);
  const at = ordered.findIndex((version) => version.number === current);
  const from = Math.max(0, Math.min(at - 1, ordered.length - SHOWN));
  const shown = ordered.slice(from, from + SHOWN);
  const hidden = ordered.length - shown.length;
  return (
    <div className={s.strip}>
      <ol className={s.versions} aria-label="Versions">
        {shown.map((version, index) => (
          <li key={version.id} className={version.number === current ? s.open : undefined}>
            {index > 0 && (
              <span className={s.made}>
                <span className={s.rule} aria-hidden />
                <span className={s.difference} title={version.difference}>
                  {version.difference}
                </span>
              </span>
            )}
            <Link
              href={`${path}/${version.number}`}
              className={s.version}
              aria-current={version.number === current ? 'page' : undefined}
            >
              <span className={s.dot} aria-hidden />
              <span>
                <span className="strong">v{version.number}</span> <DateTime at={version.createdAt} form="day" />
                <span className={s.under}>
                  {version.status === 'ready'
                    ? `${formatCount(version.rowCount ?? 0, 'row')} · ${formatBytes(version.bytes)}`
                    : version.status === 'failed'
                      ? 'failed'
                      : 'being built'}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
      {hidden > 0 && (
        <Link className="link" href={path}>
          all {ordered.length}
        </Link>
      )}
    </div>
  );
}
