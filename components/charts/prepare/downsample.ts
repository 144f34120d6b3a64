import type { Point } from './dense.ts';

/**
 * Keeps of each of `buckets` equal parts of the points the first, the lowest, the highest and the last, in their order, so that peaks stay
 * and the line looks the same at that width ("M4": Jugel, Jerzak, Hackenbroich, Markl, VLDB 2014). Gaps stay gaps.
 */
export function minMax(points: readonly Point[], buckets: number): Point[] {
  if (buckets < 1 || points.length <= buckets * 4) return [...points];
  const kept: Point[] = [];
  const size = points.length / buckets;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = Math.floor(bucket * size);
    const end = bucket === buckets - 1 ? points.length : Math.floor((bucket + 1) * size);
    const chosen = new Set<number>([start, end - 1]);
    let low = -1;
    let high = -1;
    for (let i = start; i < end; i++) {
      const y = points[i]?.y ?? null;
      if (y === null) {
        chosen.add(i);
        continue;
      }
      if (low < 0 || y < (points[low]?.y ?? 0)) low = i;
      if (high < 0 || y > (points[high]?.y ?? 0)) high = i;
    }
    if (low >= 0) chosen.add(low);
    if (high >= 0) chosen.add(high);
    for (const i of [...chosen].sort((a, b) => a - b)) {
      const point = points[i];
      if (point && !(point.y === null && kept.at(-1)?.y === null)) kept.push(point);
    }
  }
  return kept;
}
