import type { Gate } from './evidence.schema.ts';

type Overlap = { number: number; rows: number | null; sentence: string };

/**
 * The gate that keeps the evidence honest: neither version was trained on the rows that it is judged on. What isn't
 * known doesn't block, but is said; what is known to overlap does.
 */
export function unseenGate(overlaps: readonly Overlap[], rows: number): Gate {
  const seen = overlaps.filter((overlap) => (overlap.rows ?? 0) > 0);
  const worst = seen.reduce((most, overlap) => Math.max(most, overlap.rows ?? 0), 0);
  const sentence = overlaps.map((overlap) => overlap.sentence).join(' ');
  return {
    id: 'unseen',
    title: 'Judged on rows that neither version learned from',
    passed: seen.length === 0,
    blocking: true,
    figure: worst,
    lower: null,
    upper: null,
    threshold: 0,
    method: null,
    n: rows,
    sentence: seen.length === 0 ? sentence : `${sentence} Ask again with rows that came after both trainings.`,
  };
}
