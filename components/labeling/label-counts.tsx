import { LabelChip } from '#components/ui/chip.tsx';
import { formatNumber, formatPercent } from '#components/ui/format.ts';
import { Bar } from '#components/ui/progress.tsx';
import type { LabelDefinition } from '#server/features/labeling/labeling.schema.ts';
import type { Team } from '#server/features/labeling/queue.schema.ts';
import s from './labeling.module.css';

/** Answers that stand, by label. */
export function LabelCounts({ labels, byLabel }: { labels: LabelDefinition[]; byLabel: Team['byLabel'] }) {
  const total = byLabel.reduce((sum, row) => sum + row.count, 0);
  if (total === 0) return <p className="ink-2">No answer yet.</p>;
  return (
    <div className={s.counts}>
      {byLabel.map((row) => (
        <LabelCount
          key={row.label}
          {...row}
          color={labels.find((label) => label.name === row.label)?.color ?? 0}
          share={row.count / total}
        />
      ))}
    </div>
  );
}

function LabelCount({ label, count, share, color }: { label: string; count: number; share: number; color: number }) {
  return (
    <>
      <span>
        <LabelChip color={color}>{label}</LabelChip>
      </span>
      <Bar share={share} label={`Share of ${label}`} tone="quiet" />
      <span className={`num ${s.right}`}>{formatNumber(count)}</span>
      <span className={`num ink-3 ${s.right}`}>{formatPercent(share)}</span>
    </>
  );
}
