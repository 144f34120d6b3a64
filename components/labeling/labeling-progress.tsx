import { formatNumber } from '#components/ui/format.ts';
import { Bar } from '#components/ui/progress.tsx';
import type { Counts } from '#server/features/labeling/labeling.schema.ts';
import s from './labeling.module.css';

/** How much of a queue is answered or set aside, as a bar and in figures. */
export function LabelingProgress({ counts, name, width = 120 }: { counts: Counts; name: string; width?: number }) {
  const finished = counts.done + counts.skipped;
  return (
    <span className={s.done}>
      <Bar
        share={counts.total === 0 ? 0 : finished / counts.total}
        label={`Progress of ${name}`}
        width={width}
        tone={counts.open === 0 ? 'quiet' : 'accent'}
      />
      <span className="num">
        {formatNumber(finished)} <span className="ink-3">of {formatNumber(counts.total)}</span>
      </span>
    </span>
  );
}
