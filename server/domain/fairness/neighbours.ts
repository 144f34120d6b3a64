/**
 * Individual fairness: alike rows should get the same answer. Consistency (Zemel et al., Learning Fair Representations, ICML
 * 2013, section 4) = 1 - (1/n) Σ |ŷ_i - (1/k) Σ ŷ_j|, j over the k nearest other rows: for answers 0 and 1, as for any classes,
 * the mean share of neighbours with the same answer. Numbers count by (x - mean) / deviation,
 * categories one-hot, texts by TF-IDF of unit length; the distance is Euclidean. Columns that must not count are left out.
 */
import { zOf } from '../stats/distributions.ts';
import type { Interval } from '../stats/interval.schema.ts';

type Cell = string | number | null | undefined;
export type NeighbourColumn = { name: string; kind: string; values: readonly Cell[] };
type SparseRow = { index: number[]; value: number[]; squares: number };

export const NEIGHBOURS = 5;
const MOST_ROWS = 1000;

/** Consistency with the interval of its mean over rows; null with fewer than k + 2 rows. `answers` are class numbers. */
export function consistency(columns: readonly NeighbourColumn[], answers: ArrayLike<number>, k = NEIGHBOURS): Interval | null {
  const all = answers.length;
  if (all < k + 2 || columns.length === 0) return null;
  const n = Math.min(all, MOST_ROWS);
  const places = Array.from({ length: n }, (_, i) => Math.floor((i * all) / n));
  const rows = encode(columns, places);
  const near = nearest(rows, k);
  const agreement = near.map((list, i) => {
    const own = answers[places[i] ?? 0];
    return list.filter((j) => answers[places[j] ?? 0] === own).length / list.length;
  });
  const mean = agreement.reduce((sum, one) => sum + one, 0) / n;
  const squares = agreement.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const half = zOf(0.95) * Math.sqrt(squares / (n - 1) / n);
  return {
    estimate: mean,
    lower: Math.max(0, mean - half),
    upper: Math.min(1, mean + half),
    confidence: 0.95,
    method: `mean over rows, ${k} neighbours`,
    n,
  };
}

/** The k nearest other rows of each row, by Euclidean distance; equal ones in order of their place. */
function nearest(rows: readonly SparseRow[], k: number): number[][] {
  const postings = new Map<number, { rows: number[]; values: number[] }>();
  rows.forEach((row, i) => {
    row.index.forEach((column, at) => {
      const list = postings.get(column) ?? { rows: [], values: [] };
      list.rows.push(i);
      list.values.push(row.value[at] ?? 0);
      postings.set(column, list);
    });
  });
  const dot = new Float64Array(rows.length);
  return rows.map((row, i) => {
    dot.fill(0);
    row.index.forEach((column, at) => {
      const list = postings.get(column);
      const own = row.value[at] ?? 0;
      for (let p = 0; p < (list?.rows.length ?? 0); p += 1) {
        const other = list?.rows[p] ?? 0;
        dot[other] = (dot[other] ?? 0) + own * (list?.values[p] ?? 0);
      }
    });
    const best: { row: number; distance: number }[] = [];
    for (let j = 0; j < rows.length; j += 1) {
      if (j === i) continue;
      const distance = row.squares + (rows[j]?.squares ?? 0) - 2 * (dot[j] ?? 0);
      if (best.length === k && distance >= (best[k - 1]?.distance ?? 0)) continue;
      const at = best.findIndex((one) => distance < one.distance);
      best.splice(at < 0 ? best.length : at, 0, { row: j, distance });
      if (best.length > k) best.pop();
    }
    return best.map((one) => one.row);
  });
}

function encode(columns: readonly NeighbourColumn[], places: readonly number[]): SparseRow[] {
  const rows: SparseRow[] = places.map(() => ({ index: [], value: [], squares: 0 }));
  let width = 0;
  const add = (row: number, column: number, value: number) => {
    const own = rows[row];
    if (!own || value === 0) return;
    own.index.push(width + column);
    own.value.push(value);
    own.squares += value * value;
  };
  for (const { kind, values } of columns) {
    const cells = places.map((place) => values[place]);
    if (kind === 'number') width += encodeNumbers(cells, add);
    else if (kind === 'text') width += encodeTexts(cells, add);
    else width += encodeCategories(cells, add);
  }
  return rows;
}

type Add = (row: number, column: number, value: number) => void;

function encodeNumbers(cells: readonly Cell[], add: Add): number {
  const numbers = cells.map((cell) => (cell === null || cell === undefined || cell === '' ? Number.NaN : Number(cell)));
  const known = numbers.filter((value) => Number.isFinite(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / (known.length || 1);
  const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (known.length || 1));
  numbers.forEach((value, row) => {
    if (Number.isFinite(value) && deviation > 0) add(row, 0, (value - mean) / deviation);
  });
  return 1;
}

function encodeCategories(cells: readonly Cell[], add: Add): number {
  const ids = new Map<string, number>();
  cells.forEach((cell, row) => {
    const key = String(cell ?? '');
    const id = ids.get(key) ?? ids.size;
    ids.set(key, id);
    add(row, id, 1);
  });
  return ids.size;
}

function encodeTexts(cells: readonly Cell[], add: Add): number {
  const ids = new Map<string, number>();
  const documents: number[] = [];
  const counted = cells.map((cell) => {
    const counts = new Map<number, number>();
    for (const word of String(cell ?? '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []) {
      const id = ids.get(word) ?? ids.size;
      ids.set(word, id);
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    for (const id of counts.keys()) documents[id] = (documents[id] ?? 0) + 1;
    return counts;
  });
  counted.forEach((counts, row) => {
    const weights = [...counts].map(
      ([id, tf]) => [id, tf * (Math.log((1 + cells.length) / (1 + (documents[id] ?? 0))) + 1)] as const,
    );
    const norm = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
    for (const [id, weight] of weights) add(row, id, weight / norm);
  });
  return ids.size;
}
