/** A point of a line; `y` null is a gap. `lower` and `upper` bound its band. */
export type Point = { x: number; y: number | null; lower?: number | null; upper?: number | null };

/**
 * One point for every step between `from` and `to` (inclusive), so that what is missing becomes a gap and not a straight line.
 * Points are taken into the step in which their x falls; several in one step: the last wins.
 * @param step width of a step, > 0, in the unit of x (milliseconds for times)
 */
export function denseSeries(points: readonly Point[], from: number, to: number, step: number): Point[] {
  if (!(step > 0) || to < from) return [];
  const count = Math.min(100_000, Math.floor((to - from) / step) + 1);
  const dense: Point[] = Array.from({ length: count }, (_, i) => ({ x: from + i * step, y: null }));
  for (const point of points) {
    const index = Math.floor((point.x - from) / step);
    const slot = dense[index];
    if (slot) dense[index] = { ...point, x: slot.x };
  }
  return dense;
}

/** Merges series into rows by x: `{ x, [key]: y, [key + ':band']: [lower, upper] }`, rising, as drawing wants them. */
export type Row = { x: number } & Record<string, number | null | [number, number]>;

export function mergeSeries(series: readonly { key: string; points: readonly Point[] }[]): Row[] {
  const rows = new Map<number, Row>();
  for (const { key, points } of series) {
    for (const point of points) {
      const row: Row = rows.get(point.x) ?? { x: point.x };
      row[key] = point.y;
      if (point.lower != null && point.upper != null) row[bandKey(key)] = [point.lower, point.upper];
      rows.set(point.x, row);
    }
  }
  return [...rows.values()].sort((a, b) => a.x - b.x);
}

export const bandKey = (key: string) => `${key}:band`;

/** Smallest and largest y of all points, bands included; null when nothing is known. */
export function extent(series: readonly { points: readonly Point[] }[]): [number, number] | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { points } of series) {
    for (const { y, lower, upper } of points) {
      for (const value of [y, lower, upper]) {
        if (value == null || !Number.isFinite(value)) continue;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  return low <= high ? [low, high] : null;
}
