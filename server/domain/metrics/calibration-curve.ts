/** How often what was said with a probability was so: bins of equal width, each share with its Wilson interval. */
import { wilsonInterval } from '../stats/proportions.ts';
import { binsOf, CALIBRATION_BINS } from './probability-scores.ts';

export type CurveBin = { from: number; to: number; n: number; score: number; share: number; lower: number; upper: number };

/** Bins that hold rows, lowest first. `happened` is 1 where it was so. */
export function calibrationCurve(
  scores: ArrayLike<number>,
  happened: ArrayLike<number>,
  confidence = 0.95,
  binCount = CALIBRATION_BINS,
): CurveBin[] {
  const bins = binsOf(scores, binCount);
  const rows = new Float64Array(binCount);
  const sums = new Float64Array(binCount);
  const hits = new Float64Array(binCount);
  bins.forEach((bin, i) => {
    rows[bin] = (rows[bin] as number) + 1;
    sums[bin] = (sums[bin] as number) + (scores[i] ?? 0);
    hits[bin] = (hits[bin] as number) + (happened[i] ?? 0);
  });
  return Array.from(rows).flatMap((n, bin): CurveBin[] => {
    const share = wilsonInterval({ successes: hits[bin] as number, n }, confidence);
    if (!share) return [];
    const { estimate, lower, upper } = share;
    return [
      { from: bin / binCount, to: (bin + 1) / binCount, n, score: (sums[bin] as number) / n, share: estimate, lower, upper },
    ];
  });
}
