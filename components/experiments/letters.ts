/** Letters and colours of the runs that are compared. Pure. */
import { seriesColor } from '#components/charts/prepare/colors.ts';

/** A for the first, B for the second … L for the twelfth. */
export function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}

/**
 * The colour of the run at a place in the address; the reference is always grey. The first is the reference unless another is
 * chosen, so that colours begin with the second, and no run changes its colour when the reference does.
 */
export function comparedColor(index: number, reference: number): string {
  if (index === reference) return 'var(--ref)';
  return seriesColor(index === 0 ? 7 : index - 1);
}
