/**
 * How far confidence can be believed. Log loss: mean of -ln p(true class). Expected calibration error: mean over
 * bins of |accuracy - confidence|, weighted by rows; ten bins of equal width, as Guo et al., On Calibration of Modern
 * Neural Networks (2017), equation 3.
 */
export type CalibrationBin = {
  from: number;
  to: number;
  rows: number;
  /** Null in an empty bin. */
  confidence: number | null;
  accuracy: number | null;
};
export type Calibration = { bins: CalibrationBin[]; expectedError: number | null };

/** Probabilities at zero are taken as this, as scikit-learn does for 64-bit figures. */
const SMALLEST = 2.220446049250313e-16;

/** Mean of -ln p of the true class, in nats; null for no rows. `ofTrueClass` is one probability a row. */
export function logLoss(ofTrueClass: ArrayLike<number>): number | null {
  if (ofTrueClass.length === 0) return null;
  let sum = 0;
  for (let i = 0; i < ofTrueClass.length; i += 1) {
    sum -= Math.log(Math.min(1 - SMALLEST, Math.max(SMALLEST, ofTrueClass[i] ?? 0)));
  }
  return sum / ofTrueClass.length;
}

/** Bins by the probability of the answer given. */
export function calibration(confidence: ArrayLike<number>, correct: ArrayLike<boolean>, binCount = 10): Calibration {
  const rows = new Array<number>(binCount).fill(0);
  const sums = new Array<number>(binCount).fill(0);
  const hits = new Array<number>(binCount).fill(0);
  for (let i = 0; i < confidence.length; i += 1) {
    const p = confidence[i] ?? 0;
    const bin = Math.min(binCount - 1, Math.floor(p * binCount));
    rows[bin] = (rows[bin] ?? 0) + 1;
    sums[bin] = (sums[bin] ?? 0) + p;
    hits[bin] = (hits[bin] ?? 0) + (correct[i] ? 1 : 0);
  }
  let error = 0;
  const bins = rows.map((count, bin): CalibrationBin => {
    const mean = count === 0 ? null : (sums[bin] ?? 0) / count;
    const accuracy = count === 0 ? null : (hits[bin] ?? 0) / count;
    if (mean !== null && accuracy !== null) error += (Math.abs(accuracy - mean) * count) / confidence.length;
    return { from: bin / binCount, to: (bin + 1) / binCount, rows: count, confidence: mean, accuracy };
  });
  return { bins, expectedError: confidence.length === 0 ? null : error };
}
