type Overlap = { number: number; rows: number | null; sentence: string };

/**
 * On how many rows a version was trained that it is judged on, at worst. What isn't known doesn't block, but is said;
 * what is known to overlap does.
 */
export function unseenOf(overlaps: readonly Overlap[]): { rows: number; sentence: string } {
  const rows = overlaps.reduce((most, overlap) => Math.max(most, overlap.rows ?? 0), 0);
  const sentence = overlaps.map((overlap) => overlap.sentence).join(' ');
  return { rows, sentence: rows === 0 ? sentence : `${sentence} Ask again with rows that came after both trainings.` };
}
