import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError } from '#server/errors.ts';
import { db } from '#server/platform/db/client.ts';
import type { compareRunsInput, RunComparison } from './compare.schema.ts';
import { compareEvaluations } from './evaluation.service.ts';
import { type EvaluationRow, findEvaluationsOfRuns } from './evaluations.repo.ts';
import { getRuns } from './runs.service.ts';
import { toEvaluationView } from './runs.view.ts';

/** The part of the data on which runs are compared. */
const PART = 'test';

/**
 * Runs side by side: parameters and metrics with what differs marked, each one's figures on its test part, and each
 * against the baseline row by row where both saw the same rows.
 * @throws DomainError NOT_FOUND, INVALID when a run is named twice or the baseline isn't among them
 */
export async function compareRuns(scope: ProjectScope, input: z.infer<typeof compareRunsInput>): Promise<RunComparison> {
  const names = input.runs;
  const baseline = input.baseline ?? names[0] ?? '';
  if (new Set(names).size !== names.length) throw new DomainError('INVALID', 'A run can be compared only once.');
  if (!names.includes(baseline)) throw new DomainError('INVALID', 'The baseline must be one of the compared runs.');
  const runs = await getRuns(scope, input.experiment, names);
  const known = await findEvaluationsOfRuns(
    db,
    scope,
    runs.map((run) => run.id),
  );
  const evaluations = runs.map((run) => {
    const own = known.get(run.id) ?? [];
    return own.find((one) => one.split === PART && one.datasetVersionId === run.dataset?.versionId) ?? null;
  });
  const ofBaseline = evaluations[names.indexOf(baseline)] ?? null;
  const pairs: RunComparison['pairs'] = [];
  for (const [i, other] of evaluations.entries()) {
    const run = names[i];
    if (!run || run === baseline || !ofBaseline || !other || !sameRows(ofBaseline, other)) continue;
    pairs.push({ run, comparison: await compareEvaluations(scope, ofBaseline.id, other.id) });
  }
  const first = evaluations[0];
  return {
    baseline,
    runs,
    params: table(runs.map((run) => run.params)),
    metrics: table(runs.map((run) => run.metrics)),
    evaluations: evaluations.map((one) => one && toEvaluationView(one)),
    sameRows: first !== null && first !== undefined && evaluations.every((one) => one !== null && sameRows(first, one)),
    pairs,
  };
}

/** One line a key that any run has, in order of keys. */
function table<T extends string | number>(
  columns: readonly Record<string, T>[],
): { key: string; differs: boolean; values: (T | null)[] }[] {
  const keys = [...new Set(columns.flatMap((column) => Object.keys(column)))].sort();
  return keys.map((key) => {
    const values = columns.map((column) => column[key] ?? null);
    return { key, differs: new Set(values).size > 1, values };
  });
}

function sameRows(a: EvaluationRow, b: EvaluationRow): boolean {
  return a.datasetVersionId === b.datasetVersionId && a.split === b.split;
}
