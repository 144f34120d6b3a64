/**
 * How strongly two columns of values go together. Cramér's V = √(χ² / (n · min(r - 1, c - 1))); normalised mutual information
 * = 2 I(A; B) / (H(A) + H(B)), both 0 for independence and 1 where one decides the other. AUC by ranks (Mann and Whitney).
 */

export type Association = { cramersV: number | null; mutualInformation: number | null };

/** Both figures from class numbers (>= 0) of the same rows; null when one of the columns has a single value. */
export function association(a: ArrayLike<number>, b: ArrayLike<number>): Association {
  const n = a.length;
  const [rows, columns] = [sizeOf(a), sizeOf(b)];
  const table = new Float64Array(rows * columns);
  const [ofA, ofB] = [new Float64Array(rows), new Float64Array(columns)];
  for (let i = 0; i < n; i += 1) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    table[x * columns + y] = (table[x * columns + y] ?? 0) + 1;
    ofA[x] = (ofA[x] ?? 0) + 1;
    ofB[y] = (ofB[y] ?? 0) + 1;
  }
  const smaller = Math.min(count(ofA), count(ofB)) - 1;
  if (n === 0 || smaller < 1) return { cramersV: null, mutualInformation: null };
  let chiSquare = 0;
  let information = 0;
  for (let x = 0; x < rows; x += 1) {
    for (let y = 0; y < columns; y += 1) {
      const expected = ((ofA[x] ?? 0) * (ofB[y] ?? 0)) / n;
      if (expected === 0) continue;
      const own = table[x * columns + y] ?? 0;
      chiSquare += (own - expected) ** 2 / expected;
      if (own > 0) information += (own / n) * Math.log(own / expected);
    }
  }
  return {
    cramersV: Math.sqrt(chiSquare / (n * smaller)),
    mutualInformation: (2 * information) / (entropy(ofA, n) + entropy(ofB, n)),
  };
}

/** P(score of a positive > score of a negative), ties count half; null when one of them is missing. */
export function areaUnderCurve(positive: ArrayLike<boolean>, score: ArrayLike<number>): number | null {
  const order = Array.from({ length: score.length }, (_, i) => i).sort((x, y) => (score[x] ?? 0) - (score[y] ?? 0));
  let positives = 0;
  let ranks = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && score[order[to + 1] ?? 0] === score[order[from] ?? 0]) to += 1;
    for (let at = from; at <= to; at += 1) {
      if (!positive[order[at] ?? 0]) continue;
      positives += 1;
      ranks += (from + to) / 2 + 1;
    }
    from = to + 1;
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return null;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}

function sizeOf(values: ArrayLike<number>): number {
  let most = -1;
  for (let i = 0; i < values.length; i += 1) most = Math.max(most, values[i] ?? 0);
  return most + 1;
}

function count(sizes: Float64Array): number {
  return sizes.reduce((sum, size) => sum + (size > 0 ? 1 : 0), 0);
}

function entropy(sizes: Float64Array, n: number): number {
  return sizes.reduce((sum, size) => sum - (size > 0 ? (size / n) * Math.log(size / n) : 0), 0);
}
