import { wilsonInterval } from '#server/domain/stats/proportions.ts';
import type { Slot } from './types.ts';

export type ServedVersion = {
  id: string;
  rows: number;
  known: number;
  correct: number;
  right: { estimate: number; lower: number; upper: number } | null;
  first: Date;
  last: Date;
};

/** The versions that answered in these windows, the last to answer first. */
export function servedVersions(slots: readonly Slot[]): ServedVersion[] {
  const versions = new Map<string, ServedVersion>();
  for (const { from, window } of slots) {
    for (const [id, counts] of Object.entries(window?.results.versions ?? {})) {
      const seen = versions.get(id) ?? { id, rows: 0, known: 0, correct: 0, right: null, first: from, last: from };
      versions.set(id, {
        ...seen,
        rows: seen.rows + counts.rows,
        known: seen.known + counts.known,
        correct: seen.correct + counts.correct,
        last: from,
      });
    }
  }
  return [...versions.values()]
    .map((version) => ({ ...version, right: wilsonInterval({ successes: version.correct, n: version.known }) }))
    .sort((a, b) => b.last.getTime() - a.last.getTime() || b.first.getTime() - a.first.getTime() || b.rows - a.rows);
}

/** An axis that holds all intervals, in steps of ten points. */
export function intervalDomain(intervals: readonly ({ lower: number; upper: number } | null)[]): [number, number] {
  const known = intervals.filter((interval) => interval !== null);
  if (known.length === 0) return [0, 1];
  const low = Math.floor(Math.min(...known.map(({ lower }) => lower)) * 10 + 1e-9) / 10;
  const high = Math.ceil(Math.max(...known.map(({ upper }) => upper)) * 10 - 1e-9) / 10;
  return low < high ? [low, high] : [Math.max(0, low - 0.1), low + 0.1];
}

/** An axis for differences: zero in its middle. */
export function differenceDomain(figures: readonly { lower: number | null; upper: number | null }[]): [number, number] {
  const most = Math.max(0.01, ...figures.flatMap(({ lower, upper }) => [Math.abs(lower ?? 0), Math.abs(upper ?? 0)]));
  const round = Math.ceil(most * 20) / 20;
  return [-round, round];
}
