import type { ProjectScope } from '#server/auth/actor.ts';
import { readColumns } from '#server/features/datasets/rows.service.ts';
import type { VersionDetail } from '#server/features/datasets/versions.schema.ts';
import { readAnswers } from '#server/features/experiments/evaluation.service.ts';
import type { Change, Evidence, Side } from './evidence.schema.ts';

const SHOWN_ROWS = 100;
const SHOWN_FIELDS = 3;
const LONGEST = 160;

/** The rows that two versions answer differently: how many, which way, and the first hundred with what they hold. */
export async function findChanges(
  scope: ProjectScope,
  data: VersionDetail,
  split: string,
  sides: { incumbent: Side; candidate: Side },
): Promise<NonNullable<Evidence['changes']>> {
  const [before, after] = [
    await readAnswers(scope, sides.incumbent.evaluationId),
    await readAnswers(scope, sides.candidate.evaluationId),
  ];
  const answers = new Map(before.map((answer) => [answer.row, answer]));
  const changed = after.flatMap((candidate) => {
    const incumbent = answers.get(candidate.row);
    return incumbent && incumbent.label !== candidate.label ? [{ incumbent, candidate }] : [];
  });
  const right = (side: 'incumbent' | 'candidate') => changed.filter((pair) => pair[side].label === pair[side].truth).length;
  const shown = changed.slice(0, SHOWN_ROWS);
  const fieldsOf = await readFields(scope, data, split, shown.length > 0);
  return {
    total: changed.length,
    better: right('candidate'),
    worse: right('incumbent'),
    rows: shown.map(
      ({ incumbent, candidate }): Change => ({
        row: candidate.row,
        fields: fieldsOf(candidate.row),
        truth: candidate.truth,
        incumbent: { label: incumbent.label, confidence: incumbent.confidence },
        candidate: { label: candidate.label, confidence: candidate.confidence },
      }),
    ),
  };
}

/** A few columns to know a row by: categories and short texts first, as they stand in the dataset. */
async function readFields(
  scope: ProjectScope,
  data: VersionDetail,
  split: string,
  wanted: boolean,
): Promise<(row: number) => Change['fields']> {
  const names = data.columns
    .filter(({ kind }) => kind === 'category' || kind === 'text' || kind === 'number')
    .slice(0, SHOWN_FIELDS)
    .map((column) => column.name);
  if (!wanted || names.length === 0) return () => [];
  const { n, columns } = await readColumns(scope, data.id, { columns: ['_row', ...names], split });
  const places = new Map(Array.from({ length: n }, (_, place) => [Number(columns._row?.[place]), place]));
  return (row) => {
    const place = places.get(row);
    if (place === undefined) return [];
    return names.map((name) => ({ name, value: cut(columns[name]?.[place] ?? null) }));
  };
}

function cut(value: string | number | null): string {
  const text = value === null ? '' : String(value).replace(/\s+/g, ' ').trim();
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
