import type { Machine } from './machine.ts';

/** One figure. `value` null says that it could not be measured; such a row is kept, with the reason. */
export type BenchRow = {
  metric: string;
  value: number | null;
  unit: string;
  /** What it is compared with, in the same unit. */
  reference?: number | null;
  /** Half the range between the quartiles of the repeated runs, in the same unit. */
  spread?: number;
  /** What the ratio (or, without a reference, the value) should reach: `{ atLeast }` or `{ atMost }`. */
  aim?: { atLeast?: number; atMost?: number; of?: 'ratio' | 'value' };
  note?: string;
};

export type BenchReport = {
  bench: string;
  machine: Machine;
  rows: {
    metric: string;
    value: number | 'not measured';
    unit: string;
    reference: number | null;
    ratio: number | null;
    aim: string | null;
    ok: boolean | null;
    spread: number | null;
    note: string | null;
  }[];
};

/** A bench measures and returns rows; it throws only when it could measure nothing. */
export type Bench = (context: { say(line: string): void; args: string[] }) => Promise<BenchRow[]>;

/** The report of a bench: ratios and whether the aims are reached, computed in one place. */
export function toReport(bench: string, machine: Machine, rows: BenchRow[]): BenchReport {
  return { bench, machine, rows: rows.map(toReportRow) };
}

function toReportRow(row: BenchRow): BenchReport['rows'][number] {
  const reference = row.reference ?? null;
  const ratio = row.value !== null && reference ? row.value / reference : null;
  const judged = (row.aim?.of ?? (reference === null ? 'value' : 'ratio')) === 'ratio' ? ratio : row.value;
  return {
    metric: row.metric,
    value: row.value ?? 'not measured',
    unit: row.unit,
    reference,
    ratio,
    aim: row.aim ? describeAim(row.aim) : null,
    ok: row.aim && judged !== null ? judged >= (row.aim.atLeast ?? -Infinity) && judged <= (row.aim.atMost ?? Infinity) : null,
    spread: row.spread ?? null,
    note: row.note ?? null,
  };
}

function describeAim(aim: NonNullable<BenchRow['aim']>): string {
  const parts = [aim.atLeast === undefined ? '' : `at least ${aim.atLeast}`, aim.atMost === undefined ? '' : `at most ${aim.atMost}`];
  return parts.filter(Boolean).join(', ');
}

/** The report as a table for the terminal. */
export function formatTable(report: BenchReport): string {
  const header = ['metric', 'value', 'unit', 'spread', 'reference', 'ratio', 'aim', 'ok'];
  const lines = report.rows.map((row) => [
    row.metric,
    typeof row.value === 'number' ? figure(row.value) : row.value,
    row.unit,
    row.spread === null ? '' : `±${figure(row.spread)}`,
    row.reference === null ? '' : figure(row.reference),
    row.ratio === null ? '' : row.ratio.toFixed(2),
    row.aim ?? '',
    row.ok === null ? '' : row.ok ? 'yes' : 'no',
  ]);
  const widths = header.map((title, column) => Math.max(title.length, ...lines.map((line) => (line[column] ?? '').length)));
  const numeric = new Set([1, 3, 4, 5]);
  const format = (cells: string[]) =>
    cells.map((cell, column) => (numeric.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd();
  const notes = report.rows.filter((row) => row.note).map((row) => `${row.metric}: ${row.note}`);
  const { cpu, cores, memoryGb, node } = report.machine;
  return [`\nbench ${report.bench} on ${cpu}, ${cores} cores, ${memoryGb} GB, Node ${node}`, format(header), ...lines.map(format), ...notes].join('\n');
}

function figure(value: number): string {
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en-US') : Number(value.toPrecision(3)).toString();
}

/** Median and half the range between the quartiles of repeated measurements. */
export function summarize(values: readonly number[]): { value: number; spread: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (q: number) => {
    const position = q * (sorted.length - 1);
    const low = sorted[Math.floor(position)] ?? Number.NaN;
    const high = sorted[Math.ceil(position)] ?? Number.NaN;
    return low + (high - low) * (position - Math.floor(position));
  };
  return { value: at(0.5), spread: (at(0.75) - at(0.25)) / 2 };
}
