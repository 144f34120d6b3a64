import type { WindowSize } from '#server/domain/drift/windows.ts';
import s from './monitoring.module.css';
import type { Outcomes } from './prepare-outcomes.ts';
import { COMPLETE } from './prepare-outcomes.ts';
import { windowName } from './window-words.ts';

/** How much of each window's outcomes is known: a full grey bar when all, a lower one in the accent while they still come. */
export function KnownStrip({ windows, size }: { windows: Outcomes['completeness']; size: WindowSize }) {
  const incomplete = windows.filter(({ known, rows }) => rows > 0 && known / rows < COMPLETE).length;
  return (
    <div className={s.known}>
      <span>known</span>
      <div role="img" aria-label={`Known outcomes by ${size}: ${incomplete} of ${windows.length} not complete`}>
        {windows.map(({ from, known, rows }) => (
          <span key={from.getTime()} title={`${windowName(from, size)}: ${known} of ${rows} known`}>
            {rows > 0 && (
              <i
                data-complete={known / rows >= COMPLETE || undefined}
                style={{ height: `${Math.max(6, (known / rows) * 100)}%` }}
              />
            )}
          </span>
        ))}
      </div>
    </div>
  );
}
