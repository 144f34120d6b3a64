import { StatePill } from '#components/ui/state-pill.tsx';
import type { LabelingSummary } from '#server/features/labeling/labeling.schema.ts';

/** Where a labeling project stands, as shape and word. */
export function LabelingState({ labeling }: { labeling: Pick<LabelingSummary, 'status' | 'counts'> }) {
  const { status, counts } = labeling;
  if (status === 'preparing') return <StatePill state="running">Being filled</StatePill>;
  if (status === 'failed') return <StatePill state="failed">Could not be filled</StatePill>;
  if (status === 'closed') return <StatePill state="stopped">Closed</StatePill>;
  if (counts.open === 0) return <StatePill state="done">All answered</StatePill>;
  return counts.done + counts.skipped === 0 ? (
    <StatePill state="waiting">Not begun</StatePill>
  ) : (
    <StatePill state="none">Open</StatePill>
  );
}
