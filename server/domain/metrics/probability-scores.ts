/**
 * What each row adds to the figures of probabilities. Log loss: -ln p(true class). Brier score (G. Brier, Mon. Weather
 * Rev. 78 (1950) 1-3): sum over the classes of (p - [true])², halved for two classes, so that it is (p - y)² as everybody
 * writes it. Expected calibration error: Guo et al., On Calibration of Modern Neural Networks (2017), equation 3.
 */
const SMALLEST = 2.220446049250313e-16;

/** -ln p of the true class, one figure a row, in nats. Probabilities at zero are taken as 2.2e-16, as scikit-learn does. */
export function rowLogLoss(scores: ArrayLike<number>, truth: Int32Array, classes: number): Float64Array {
  return Float64Array.from(truth, (own, row) => {
    const p = own < classes ? (scores[row * classes + own] ?? 0) : 0;
    return -Math.log(Math.min(1 - SMALLEST, Math.max(SMALLEST, p)));
  });
}

/** Brier score of each row; a true class that the model doesn't know counts as one that got nothing. */
export function rowBrier(scores: ArrayLike<number>, truth: Int32Array, classes: number): Float64Array {
  const scale = classes <= 2 ? 0.5 : 1;
  return Float64Array.from(truth, (own, row) => {
    let sum = own >= classes ? 1 : 0;
    for (let k = 0; k < classes; k += 1) sum += ((scores[row * classes + k] ?? 0) - Number(k === own)) ** 2;
    return sum * scale;
  });
}

export const CALIBRATION_BINS = 10;

/** Expected calibration error of weighted rows; NaN without rows. */
export function weightedEce(
  weights: Float64Array,
  rows: { bin: Uint8Array; confidence: Float64Array; correct: Uint8Array },
  binCount = CALIBRATION_BINS,
): number {
  const gap = new Float64Array(binCount);
  let total = 0;
  for (let i = 0; i < weights.length; i += 1) {
    const weight = weights[i] as number;
    if (weight === 0) continue;
    const bin = rows.bin[i] as number;
    total += weight;
    gap[bin] = (gap[bin] as number) + weight * ((rows.correct[i] as number) - (rows.confidence[i] as number));
  }
  let sum = 0;
  for (const one of gap) sum += Math.abs(one);
  return sum / total;
}

/** The bin of each confidence, of equal width. */
export function binsOf(confidence: ArrayLike<number>, binCount = CALIBRATION_BINS): Uint8Array {
  return Uint8Array.from(confidence as Float64Array, (p) => Math.min(binCount - 1, Math.max(0, Math.floor(p * binCount))));
}
