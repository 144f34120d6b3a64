/**
 * Percentile bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13) with ten thousand
 * draws at the price of a few. Figures that follow from counts of cells are resampled as one multinomial a draw; all
 * others by the weight of each row. Two models on the same resample stay paired.
 */
import type { Random } from '../random.ts';
import { drawMultinomial } from './binomial.ts';
import type { Interval } from './interval.schema.ts';

export type Resampling = {
  draws: number;
  random: Random;
  /** How many figures `evaluate` writes. */
  figures: number;
  /** Writes each figure into `out`; NaN where it would be 0/0. */
  evaluate(weights: Float64Array, out: Float64Array): void;
  confidence?: number;
  method?: string;
};

/** A figure with its interval, and the two-sided p-value that it is zero (for differences). Null where undefined. */
export type Resampled = { interval: Interval | null; p: number | null };

/** Undefined in more resamples than this share: its interval would be of something else. */
const UNDEFINED_LIMIT = 0.05;
/** Rows times draws of a row-wise bootstrap: above, fewer draws are taken. */
const ROW_BUDGET = 60_000_000;
const FEWEST_DRAWS = 1000;

/** Intervals of figures of cell counts; `counts[c]` rows were observed in cell c. */
export function bootstrapCounts(counts: Float64Array, o: Resampling): Resampled[] {
  let n = 0;
  for (let i = 0; i < counts.length; i += 1) n += counts[i] as number;
  const drawn = new Float64Array(counts.length);
  return resample(n, counts, o, o.draws, () => {
    drawMultinomial(o.random, n, counts, drawn);
    return drawn;
  });
}

/** Intervals of figures of weighted rows: every row has weight 1 in the sample, and how often it was drawn in a resample. */
export function bootstrapRows(n: number, o: Resampling): Resampled[] {
  const weights = new Float64Array(n).fill(1);
  const drawn = new Float64Array(n);
  return resample(n, weights, o, drawsFor(n, o.draws), () => {
    drawn.fill(0);
    for (let i = 0; i < n; i += 1) {
      const row = (o.random.uint32() * n) / 4294967296;
      drawn[row | 0] = (drawn[row | 0] as number) + 1;
    }
    return drawn;
  });
}

/** How many draws a row-wise bootstrap of `n` rows takes when `asked` are asked for. */
export function drawsFor(n: number, asked: number): number {
  return Math.min(asked, Math.max(FEWEST_DRAWS, Math.floor(ROW_BUDGET / Math.max(1, n))));
}

function resample(n: number, own: Float64Array, o: Resampling, draws: number, draw: () => Float64Array): Resampled[] {
  const estimates = new Float64Array(o.figures).fill(Number.NaN);
  if (n === 0) return Array.from(estimates, () => ({ interval: null, p: null }));
  o.evaluate(own, estimates);
  const values = Array.from(estimates, () => new Float64Array(draws));
  const kept = new Uint32Array(o.figures);
  const out = new Float64Array(o.figures);
  for (let b = 0; b < draws; b += 1) {
    o.evaluate(draw(), out);
    for (let f = 0; f < o.figures; f += 1) {
      const value = out[f] as number;
      if (Number.isNaN(value)) continue;
      (values[f] as Float64Array)[kept[f] as number] = value;
      kept[f] = (kept[f] as number) + 1;
    }
  }
  return values.map((all, f) => describe(all.subarray(0, kept[f]), estimates[f] as number, n, draws, o));
}

function describe(sample: Float64Array, estimate: number, n: number, draws: number, o: Resampling): Resampled {
  if (Number.isNaN(estimate) || sample.length < draws * (1 - UNDEFINED_LIMIT)) return { interval: null, p: null };
  sample.sort();
  const confidence = o.confidence ?? 0.95;
  const tail = (1 - confidence) / 2;
  const at = (q: number) => sample[Math.round(q * (sample.length - 1))] ?? estimate;
  return {
    interval: {
      estimate,
      lower: Math.min(estimate, at(tail)),
      upper: Math.max(estimate, at(1 - tail)),
      confidence,
      method: o.method ?? 'bootstrap',
      n,
    },
    p: zeroP(sample),
  };
}

/** Two-sided p-value that the figure is zero: 2 min(P(draw <= 0), P(draw >= 0)), with one added to both sides of the share. */
function zeroP(sorted: Float64Array): number {
  let below = 0;
  let zero = 0;
  for (const value of sorted) {
    if (value < 0) below += 1;
    else if (value === 0) zero += 1;
    else break;
  }
  const share = (count: number) => (1 + count) / (1 + sorted.length);
  return Math.min(1, 2 * Math.min(share(below + zero), share(sorted.length - below)));
}
