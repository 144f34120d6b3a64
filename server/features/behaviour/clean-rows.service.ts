import type { ProjectScope } from '#server/auth/actor.ts';
import type { CleanRows, Range } from '#server/domain/behaviour/robustness.ts';
import type { Answers } from '#server/domain/behaviour/test.schema.ts';
import { readColumns } from '#server/features/datasets/rows.service.ts';
import type { SectionContext } from '#server/features/evaluations/section-context.schema.ts';
import { requireVersionById } from '#server/features/models/registry.service.ts';
import { db } from '#server/platform/db/client.ts';

/** Answers and truth of the chosen gold rows as they are, which attacks are held against. */
export function cleanRows(ctx: SectionContext, chosen: readonly number[]): CleanRows {
  const { candidate } = ctx.answers;
  const k = ctx.candidate.signature.classes?.length ?? 0;
  const figures = ctx.candidate.signature.classes === null;
  const values =
    figures && candidate.values ? Float64Array.from(chosen, (row) => candidate.values?.[row] ?? Number.NaN) : undefined;
  const answers: Answers = {
    labels: figures ? [] : chosen.map((row) => candidate.labels[row] ?? ''),
    scores: Float32Array.from(chosen.flatMap((row) => Array.from({ length: k }, (_, at) => candidate.scores[row * k + at] ?? 0))),
    ...(values ? { values } : {}),
  };
  const byClass = ctx.task === 'classification';
  return {
    answers,
    truth: byClass ? chosen.map((row) => (ctx.gold.truth[row] == null ? null : String(ctx.gold.truth[row]))) : null,
    rowIds: chosen.map((row) => ctx.gold.rowIds[row] ?? row),
    tolerance: figures ? spread(values ?? new Float64Array(0)) * TOLERATED : null,
  };
}

/** A tenth of a standard deviation of the clean answers: a figure that moves by less says the same. */
const TOLERATED = 0.1;

function spread(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1));
}

/** Smallest and largest figure of each number field in what the candidate learned from; of the gold rows where that isn't known. */
export async function trainingRanges(
  scope: ProjectScope,
  ctx: SectionContext,
): Promise<{ of: Map<string, Range>; from: string }> {
  const names = ctx.candidate.signature.fields.filter((field) => field.kind === 'number').map((field) => field.name);
  if (names.length === 0) return { of: new Map(), from: 'The model takes no figures.' };
  const { datasetVersionId } = await requireVersionById(db, scope, ctx.candidate.versionId);
  const learned = datasetVersionId === null ? null : await readTraining(scope, datasetVersionId, names);
  const columns = learned ?? ctx.gold.columns;
  const of = new Map(
    names.flatMap((name): [string, Range][] => {
      const values = (columns[name] ?? []).flatMap((cell) =>
        cell === null || !Number.isFinite(Number(cell)) ? [] : [Number(cell)],
      );
      if (values.length === 0) return [];
      return [
        [
          name,
          values.reduce((range, value) => ({ min: Math.min(range.min, value), max: Math.max(range.max, value) }), {
            min: Infinity,
            max: -Infinity,
          }),
        ],
      ];
    }),
  );
  return {
    of,
    from: learned
      ? 'Ranges are those of the rows that the version learned from.'
      : 'Ranges are those of the gold rows: what the version learned from isn’t here.',
  };
}

async function readTraining(scope: ProjectScope, datasetVersionId: string, names: string[]) {
  try {
    const { n, columns } = await readColumns(scope, datasetVersionId, { columns: names, split: 'train' });
    return n > 0 ? columns : (await readColumns(scope, datasetVersionId, { columns: names })).columns;
  } catch {
    return null;
  }
}
