/** A report as blocks, which are drawn as HTML or as PDF: the same words in the same order in both. */

export type Tone = 'plain' | 'quiet' | 'good' | 'bad' | 'warn';
export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'text'; text: string; tone?: Tone }
  | { kind: 'facts'; items: { term: string; value: string }[] }
  | { kind: 'quote'; by: string; text: string }
  | { kind: 'list'; items: string[]; tone?: Tone }
  | {
      kind: 'table';
      heads: string[];
      rows: string[][];
      /** Columns with figures, which stand at the right. */
      figures?: number[];
      /** Relative widths. */
      widths?: number[];
    };

export type Report = {
  title: string;
  /** Stands at the foot of every page: what the report is of, and the hash by which it is known again. */
  foot: string;
  /** The moment that the report speaks of; nothing in it depends on when it was made. */
  at: Date;
  blocks: Block[];
  /** What programs may want of it, kept in the HTML file as JSON. */
  data?: unknown;
};

/** A figure for a report: so many decimals, a dash where there is none. */
export function figure(value: number | null | undefined, decimals = 3): string {
  return value === null || value === undefined ? '–' : value.toFixed(decimals);
}

/** An interval for a report. */
export function range(lower: number | null | undefined, upper: number | null | undefined, decimals = 3): string {
  return typeof lower === 'number' && typeof upper === 'number'
    ? `${lower.toFixed(decimals)} to ${upper.toFixed(decimals)}`
    : '–';
}

/** A time for a report: UTC, to the minute. */
export function moment(at: Date | null): string {
  return at === null ? '–' : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
