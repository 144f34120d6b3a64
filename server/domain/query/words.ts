/** Figures and comparisons as people read them. */
import type { CompareOp } from './ast.ts';
import type { Aspect } from './facts.ts';

const ASKED: Record<CompareOp, string> = {
  '>=': 'at least',
  '>': 'more than',
  '<=': 'at most',
  '<': 'less than',
  '=': 'exactly',
  '!=': 'anything but',
};
const END: Record<Aspect, string> = {
  estimate: '',
  lower: 'The lower end of ',
  upper: 'The upper end of ',
  n: 'The number of rows behind ',
};
const FLIPPED: Record<CompareOp, CompareOp> = { '>=': '<=', '>': '<', '<=': '>=', '<': '>', '=': '=', '!=': '!=' };

/** 0.967, 1,090 or 12.5: three decimals below ten, one above, none for whole numbers. */
export function figureWords(value: number | string): string {
  if (typeof value === 'string') return `“${value}”`;
  if (!Number.isFinite(value)) return value > 0 ? 'infinite' : 'minus infinite';
  const [whole, rest] = (Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 10 ? 3 : 1)).split('.');
  const grouped = (whole ?? '').replace(/\B(?=(\d{3})+$)/g, ',');
  return rest ? `${grouped}.${rest}` : grouped;
}

/** "at least 0.94 is asked for" */
export function askedWords(op: CompareOp, value: number | string): string {
  return `${ASKED[op]} ${figureWords(value)} is asked for`;
}

export function endWords(aspect: Aspect): string {
  return END[aspect];
}

/** The same comparison read from its other side. */
export function flip(op: CompareOp): CompareOp {
  return FLIPPED[op];
}

/** " (95 % interval 0.953 to 0.979)", or nothing where there is no interval. */
export function intervalWords({ lower, upper }: { lower: number | null; upper: number | null }): string {
  return lower === null || upper === null ? '' : ` (95 % interval ${figureWords(lower)} to ${figureWords(upper)})`;
}
