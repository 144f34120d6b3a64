/**
 * Figures of rankings, one query at a time. DCG@k = sum of gain / log2(place + 1) over the first k; NDCG is its share of
 * the best possible (Järvelin and Kekäläinen, ACM Trans. Inf. Syst. 20 (2002) 422-446, gains as they are). Recall@k: share of
 * the relevant that is among the first k. MRR: mean of 1 / place of the first relevant one (Voorhees, TREC-8, 1999).
 * Relevant is what has a gain above 0. Equal scores stay in the order of the rows.
 */
export type QueryFigures = { ndcg: number[]; recall: number[]; reciprocal: number };

/** Figures of one query at each depth; null where nothing is relevant, because no order is better than another then. */
export function queryFigures(
  gains: ArrayLike<number>,
  scores: ArrayLike<number>,
  depths: readonly number[],
): QueryFigures | null {
  const order = Array.from(gains, (_, i) => i).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  const ranked = order.map((i) => gains[i] ?? 0);
  const best = Array.from(gains, Number).sort((a, b) => b - a);
  const relevant = best.filter((gain) => gain > 0).length;
  if (relevant === 0) return null;
  const first = ranked.findIndex((gain) => gain > 0);
  return {
    ndcg: depths.map((k) => dcg(ranked, k) / dcg(best, k)),
    recall: depths.map((k) => ranked.slice(0, k).filter((gain) => gain > 0).length / relevant),
    reciprocal: 1 / (first + 1),
  };
}

/** Rows of each query, in the order in which queries first occur. */
export function rowsByQuery(queries: readonly (string | number | null)[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  queries.forEach((query, row) => {
    if (query === null) return;
    const rows = found.get(String(query));
    if (rows) rows.push(row);
    else found.set(String(query), [row]);
  });
  return found;
}

function dcg(gains: readonly number[], k: number): number {
  let sum = 0;
  for (let i = 0; i < Math.min(k, gains.length); i += 1) sum += (gains[i] ?? 0) / Math.log2(i + 2);
  return sum;
}
