/**
 * Figures where a row has several labels (Tsoumakas and Katakis, Multi-label classification, 2007). Micro F1 pools all
 * pairs of row and label, macro F1 is the mean over labels, subset accuracy counts rows whose whole set is right, Hamming
 * loss the share of wrong pairs. A label that neither occurs nor is said has no F1, and then there is no macro F1.
 */

/** The sets as bits: `truth[row * labels + k]` is 1 where the row has label k. */
export type LabelRows = { n: number; labels: number; truth: Uint8Array; said: Uint8Array };

export const MULTILABEL_FIGURES = ['micro_f1', 'macro_f1', 'subset_accuracy', 'hamming_loss'] as const;

/** A cell as a set of names: a JSON list, or names divided by `|`, `;` or `,`. Null or an empty text is the empty set. */
export function labelSet(cell: string | number | null): string[] {
  if (cell === null) return [];
  const text = String(cell).trim();
  if (text.startsWith('[')) {
    try {
      const parsed: unknown = JSON.parse(text);
      if (Array.isArray(parsed)) return parsed.map(String);
    } catch {
      // Not JSON after all: a name may begin with a bracket.
    }
  }
  const divider = ['|', ';', ','].find((mark) => text.includes(mark)) ?? '|';
  return text
    .split(divider)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Writes the figures in the order of `MULTILABEL_FIGURES`, then F1 of each label, into `out` from place `at`. */
export function writeMultilabel(weights: Float64Array, rows: LabelRows, out: Float64Array, at = 0): void {
  const { labels, truth, said } = rows;
  const tp = new Float64Array(labels);
  const either = new Float64Array(labels);
  let [n, whole, wrong] = [0, 0, 0];
  for (let i = 0; i < weights.length; i += 1) {
    const w = weights[i] as number;
    if (w === 0) continue;
    n += w;
    let misses = 0;
    for (let k = 0; k < labels; k += 1) {
      const own = truth[i * labels + k] as number;
      const answer = said[i * labels + k] as number;
      if (own !== answer) misses += 1;
      if (own + answer === 0) continue;
      either[k] = (either[k] as number) + w * (own + answer);
      if (own + answer === 2) tp[k] = (tp[k] as number) + w;
    }
    if (misses === 0) whole += w;
    wrong += w * misses;
  }
  let [hits, pairs, macro] = [0, 0, 0];
  for (let k = 0; k < labels; k += 1) {
    const f1 = (2 * (tp[k] as number)) / (either[k] as number);
    hits += tp[k] as number;
    pairs += either[k] as number;
    macro += f1;
    out[at + MULTILABEL_FIGURES.length + k] = f1;
  }
  out[at] = (2 * hits) / pairs;
  out[at + 1] = macro / labels;
  out[at + 2] = whole / n;
  out[at + 3] = wrong / (n * labels);
}
