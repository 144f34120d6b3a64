/**
 * Where the parts of `total` ordered rows end: the k-th part ends before row `floor(total * (s1 + … + sk))`, the last
 * takes what is left. Ends are exclusive.
 */
export function partEnds<P extends { name: string; share: number }>(
  parts: readonly P[],
  total: number,
): { name: string; end: number }[] {
  let sum = 0;
  return parts.map((part, index) => {
    sum += part.share;
    const end = index === parts.length - 1 ? total : Math.min(total, Math.floor(total * sum + 1e-9));
    return { name: part.name, end };
  });
}
