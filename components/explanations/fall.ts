import type { FieldExplanation, RowExplanation } from '#server/features/explanations/explanations.schema.ts';

export type FallStep = { field: FieldExplanation; from: number; to: number };

const MARGIN = 0.04;

/** The steps from the mean to the output, the largest first, and where a figure lies between 0 % and 100 % of the axis. */
export function fallOf({ expected, fields }: Pick<RowExplanation, 'expected' | 'fields'>): {
  steps: FallStep[];
  place: (value: number) => string;
} {
  const ranked = [...fields].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  let at = expected;
  const steps = ranked.map((field) => {
    const from = at;
    at += field.contribution;
    return { field, from, to: at };
  });
  const ends = [expected, ...steps.map((step) => step.to)];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const room = (high - low || 1) * MARGIN;
  const place = (value: number) => `${(((value - low + room) / (high - low + 2 * room || 1)) * 100).toFixed(2)}%`;
  return { steps, place };
}
