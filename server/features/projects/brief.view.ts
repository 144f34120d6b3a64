import type { ProjectBrief } from '#server/domain/brief.schema.ts';

const NAMES: Record<keyof ProjectBrief, string> = {
  purpose: 'purpose',
  assumptions: 'assumptions',
  firstMetric: 'first metric',
  firstMetricFalls: 'first metric',
  heldMetrics: 'metrics that may not fall',
  values: 'what answers are worth',
  budgets: 'budgets',
};

/** The parts in which two briefs differ, in plain words. */
export function changedParts(before: ProjectBrief, after: ProjectBrief): string[] {
  const keys = Object.keys(NAMES) as (keyof ProjectBrief)[];
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return [...new Set(changed.map((key) => NAMES[key]))];
}
