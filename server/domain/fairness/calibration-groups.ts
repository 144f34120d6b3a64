/**
 * Does a probability mean the same in every group? Expected calibration error of the positive class by group: mean over
 * ten bins of |share of positives - mean probability|, weighted by rows. Interval: percentile bootstrap over the group's rows.
 */
import { calibration } from '../metrics/calibration.ts';
import type { Random } from '../random.ts';
import type { Interval } from '../stats/interval.schema.ts';
import type { Groups } from './groups.ts';

export type GroupCalibration = {
  name: string;
  n: number;
  error: Interval | null;
  /** Bins that hold rows: mean probability, share of positives, rows. */
  points: { probability: number; share: number; rows: number }[];
};

const RESAMPLES = 300;

/** One calibration a group; `probability` is of the positive class, `truth` says which rows are positive. */
export function groupCalibrations(
  groups: Groups,
  probability: ArrayLike<number>,
  truth: ArrayLike<boolean>,
  random: Random,
): GroupCalibration[] {
  const rowsOf = groups.names.map(() => [] as number[]);
  for (const [row, group] of groups.ofRow.entries()) rowsOf[group]?.push(row);
  return groups.names.map((name, group) => {
    const rows = rowsOf[group] ?? [];
    const p = Float64Array.from(rows, (row) => probability[row] ?? 0);
    const y = rows.map((row) => truth[row] ?? false);
    const { bins, expectedError } = calibration(p, y);
    const points = bins.flatMap((bin) =>
      bin.confidence === null || bin.accuracy === null
        ? []
        : [{ probability: bin.confidence, share: bin.accuracy, rows: bin.rows }],
    );
    return { name, n: rows.length, error: expectedError === null ? null : errorInterval(p, y, expectedError, random), points };
  });
}

function errorInterval(p: Float64Array, y: boolean[], estimate: number, random: Random): Interval {
  const n = p.length;
  const drawn: number[] = [];
  const again = new Float64Array(n);
  const truth = new Array<boolean>(n);
  for (let round = 0; round < RESAMPLES; round += 1) {
    for (let i = 0; i < n; i += 1) {
      const row = random.int(n);
      again[i] = p[row] ?? 0;
      truth[i] = y[row] ?? false;
    }
    drawn.push(calibration(again, truth).expectedError ?? 0);
  }
  drawn.sort((a, b) => a - b);
  const at = (q: number) => drawn[Math.round(q * (drawn.length - 1))] ?? estimate;
  return {
    estimate,
    lower: Math.min(estimate, at(0.025)),
    upper: Math.max(estimate, at(0.975)),
    confidence: 0.95,
    method: 'bootstrap',
    n,
  };
}
