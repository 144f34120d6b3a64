'use client';
import { formatCount } from '#components/ui/format.ts';
import { Finding } from '#components/ui/sentence.tsx';
import type { Inspection } from '#server/features/datasets/uploads.schema.ts';
import s from '../datasets.module.css';
import { FirstRows } from './columns-table.tsx';

/** What couldn't be read so far, and the first rows that could. */
export function Troubles({ file }: { file: Inspection }) {
  return (
    <div className={s.stack}>
      {file.troubleCount > 0 && (
        <Finding
          tone="warn"
          title={`${formatCount(file.troubleCount, file.format === 'mail' ? 'file' : 'row')} of those looked at can’t be taken. ${file.troubleCount === 1 ? 'It goes' : 'They go'} to quarantine, where ${file.troubleCount === 1 ? 'it' : 'they'} can be opened; the rest is imported.`}
        >
          <ul>
            {file.troubles.map((trouble) => (
              <li key={trouble.place}>
                {trouble.place}: {trouble.reason} <code className="mono ink-3">{trouble.raw.slice(0, 80)}</code>
              </li>
            ))}
          </ul>
        </Finding>
      )}
      <details>
        <summary>The first rows as they are read</summary>
        <FirstRows file={file} />
      </details>
    </div>
  );
}
