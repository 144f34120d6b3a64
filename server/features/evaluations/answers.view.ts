import type { FailedRow } from '#server/domain/suite/sections.schema.ts';
import { DomainError } from '#server/errors.ts';
import type { Answers, GoldRows, SectionContext, SuiteSide } from './section-context.schema.ts';

const SHOWN_FIELDS = 6;
const LONGEST = 200;

/** A gold row on which a graph failed, by its number in the dataset version and what it holds. */
export function failedRow(gold: GoldRows, row: number, reason: string): FailedRow {
  const fields = Object.entries(gold.columns)
    .slice(0, SHOWN_FIELDS)
    .map(([name, values]) => ({ name, value: cut(values[row] ?? null) }));
  return { row: gold.rowIds[row] ?? row, fields, reason };
}

/** `row 214 of mail v3 (subject: …)`. */
export function namedRow(gold: GoldRows, failed: FailedRow): string {
  return `row ${failed.row} of ${gold.dataset} v${gold.number} (${failed.fields.map(({ name, value }) => `${name}: ${value}`).join(', ')})`;
}

/** For sections that run the graph on rows of their own. @throws DomainError INVALID always */
export function failsOnRow(side: SuiteSide, row: number, reason: string): never {
  throw new DomainError('INVALID', `v${side.number} fails on row ${row + 1} of those that were made to test it: ${reason}`);
}

/** One line of JSON a gold row: what was true, and what both said. */
export function answerLines(ctx: SectionContext): string {
  const { gold, answers, candidate, incumbent } = ctx;
  const lines = gold.truth.map((truth, row) =>
    JSON.stringify({
      row: gold.rowIds[row] ?? row,
      truth,
      candidate: said(candidate, answers.candidate, row),
      incumbent: incumbent && answers.incumbent ? said(incumbent, answers.incumbent, row) : null,
    }),
  );
  return lines.join('\n');
}

function said(side: SuiteSide, answers: Answers, row: number) {
  const classes = side.signature.classes ?? [];
  const label = answers.labels[row] ?? '';
  const score = answers.scores[row * classes.length + classes.indexOf(label)];
  const value = answers.values?.[row];
  return {
    label,
    confidence: score !== undefined && classes.includes(label) && !Number.isNaN(score) ? score : null,
    value: value ?? null,
  };
}

function cut(value: string | number | null): string {
  const text = value === null ? '(missing)' : String(value).replace(/\s+/g, ' ').trim();
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** The same context without the rows on which the graph failed: for sections that run it on these rows again. */
export function withoutRows(ctx: SectionContext, failed: readonly FailedRow[]): SectionContext {
  if (failed.length === 0) return ctx;
  const { gold } = ctx;
  const out = new Set(failed.map(({ row }) => row));
  const kept = gold.rowIds.flatMap((id, row) => (out.has(id) ? [] : [row]));
  const take = <T>(values: readonly T[]) => kept.map((row) => values[row] as T);
  const columns = Object.fromEntries(Object.entries(gold.columns).map(([name, values]) => [name, take(values)]));
  const answers = (given: Answers): Answers => {
    const width = gold.n === 0 ? 0 : given.scores.length / gold.n;
    return {
      labels: given.labels.length === 0 ? [] : take(given.labels),
      scores: Float32Array.from(kept.flatMap((row) => Array.from(given.scores.subarray(row * width, (row + 1) * width)))),
      ...(given.values ? { values: Float64Array.from(kept, (row) => given.values?.[row] ?? Number.NaN) } : {}),
    };
  };
  const { candidate, incumbent } = ctx.answers;
  return {
    ...ctx,
    gold: { ...gold, n: kept.length, columns, truth: take(gold.truth), rowIds: take(gold.rowIds) },
    answers: { candidate: answers(candidate), incumbent: incumbent && answers(incumbent) },
  };
}
