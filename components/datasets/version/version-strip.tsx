'use client';
import Link from 'next/link';
import { DateTime } from '#components/ui/date-time.tsx';
import { formatBytes, formatCount, formatNumber } from '#components/ui/format.ts';
import type { Usage, VersionSummary } from '#server/features/datasets/versions.schema.ts';
import s from './version.module.css';

const SHOWN = 4;

/** The versions of a dataset in their order, what made the difference between them, and what is built on the open one. */
export function VersionStrip({
  versions,
  current,
  path,
  usage,
}: {
  versions: VersionSummary[];
  current: number;
  path: string;
  usage: Usage;
}) {
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
                <span className="caption">{version.difference}</span>
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
      <ul className={s.usage} aria-label="Built on this version">
        <li>{`${formatNumber(usage.runs)} ${usage.runs === 1 ? 'run' : 'runs'}`}</li>
        <li>{`${formatNumber(usage.models)} ${usage.models === 1 ? 'model version' : 'model versions'}`}</li>
        <li>{`${formatNumber(usage.labelingProjects)} ${usage.labelingProjects === 1 ? 'labeling project' : 'labeling projects'}`}</li>
      </ul>
    </div>
  );
}
