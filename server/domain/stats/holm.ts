/**
 * Holm's step-down correction of several p-values (S. Holm, A simple sequentially rejective multiple test procedure,
 * Scand. J. Statist. 6 (1979) 65-70): the smallest is multiplied by m, the next by m - 1, and none may fall below one
 * before it. Keeps the chance of any false finding at the level.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, index) => index).sort((a, b) => (ps[a] ?? 1) - (ps[b] ?? 1));
  const adjusted = new Array<number>(ps.length).fill(1);
  let largest = 0;
  order.forEach((index, place) => {
    largest = Math.max(largest, Math.min(1, (ps[index] ?? 1) * (ps.length - place)));
    adjusted[index] = largest;
  });
  return adjusted;
}
