import type { LabelingDetail, LabelingSummary } from './labeling.schema.ts';
import type { AnnotationView } from './queue.schema.ts';

type Row = Omit<LabelingDetail, 'counts' | 'mine' | 'team' | 'source' | 'columns'> & {
  displayColumns: LabelingDetail['columns'];
};
type Facts = {
  counts: LabelingSummary['counts'] | undefined;
  activity: ({ mine: number } & NonNullable<LabelingSummary['team']>) | undefined;
  seesTeam: boolean;
};

const NO_ITEMS = { total: 0, done: 0, skipped: 0, open: 0 };

/** A labeling project as a list shows it; `team` is null for who doesn't see the team. */
export function viewSummary(row: Row, facts: Facts): LabelingSummary {
  const { activity } = facts;
  return {
    id: row.id,
    name: row.name,
    question: row.question,
    status: row.status,
    error: row.error,
    createdAt: row.createdAt,
    closedAt: row.closedAt,
    counts: facts.counts ?? NO_ITEMS,
    mine: activity?.mine ?? 0,
    team: facts.seesTeam
      ? {
          people: activity?.people ?? [],
          answeredLastHour: activity?.answeredLastHour ?? 0,
          medianMs: activity?.medianMs ?? null,
          lastAnswerAt: activity?.lastAnswerAt ?? null,
        }
      : null,
  };
}

/** All that the labeling screen and the overview need to know of one labeling project. */
export function viewDetail(row: Row, facts: Facts & { source: LabelingDetail['source'] }): LabelingDetail {
  return {
    ...viewSummary(row, facts),
    labels: row.labels,
    guideline: row.guideline,
    columns: row.displayColumns,
    keyColumn: row.keyColumn,
    // The keys themselves may be thousands; the count says enough.
    sample: row.sample.kind === 'keys' ? { ...row.sample, keys: [] } : row.sample,
    leaseSeconds: row.leaseSeconds,
    version: row.version,
    source: facts.source,
  };
}

/** One answer, as its author sees it. */
export function viewAnnotation(row: {
  id: string;
  itemId: string;
  label: string | null;
  skipReason: string | null;
  createdAt: Date;
  undoneAt: Date | null;
}): AnnotationView {
  return {
    id: row.id,
    itemId: row.itemId,
    label: row.label,
    skipReason: row.skipReason,
    createdAt: row.createdAt,
    undone: row.undoneAt !== null,
  };
}
