/** The colour of the nth series (from 0); past the eighth all are grey, because nine colours can't be told apart. */
export function seriesColor(index: number): string {
  return index >= 0 && index < 8 ? `var(--series-${index + 1})` : 'var(--ref)';
}

/** Past five series lines also differ by dashes. */
export function seriesDash(index: number): string | undefined {
  return index < 5 ? undefined : ['6 3', '2 3', '8 3 2 3'][(index - 5) % 3];
}

/**
 * A colour for each key that stays when the selection changes: keys keep what `before` gave them, new ones take the first free colour.
 */
export function stableColors(keys: readonly string[], before: ReadonlyMap<string, number> = new Map()): Map<string, number> {
  const colors = new Map<string, number>();
  for (const key of keys) {
    const old = before.get(key);
    if (old !== undefined) colors.set(key, old);
  }
  const taken = new Set(colors.values());
  let next = 0;
  for (const key of keys) {
    if (colors.has(key)) continue;
    while (taken.has(next)) next += 1;
    colors.set(key, next);
    taken.add(next);
  }
  return colors;
}
