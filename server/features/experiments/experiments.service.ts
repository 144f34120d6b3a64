import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { countRuns, findBestRuns, findExperiment, findExperiments, findNames, insertExperiment } from './experiments.repo.ts';
import type { createExperimentInput, ExperimentRecord, ExperimentSummary, RunCounts } from './experiments.schema.ts';

/** The figure by which a list names an experiment's best run: mean F1 of the classes on the test part. */
const BEST_BY = 'test.f1';

/** All experiments of the project, newest first. */
export async function listExperiments(scope: ProjectScope): Promise<ExperimentSummary[]> {
  return summaries(scope, await findExperiments(db, scope));
}

/** One experiment by its name. @throws DomainError NOT_FOUND */
export async function getExperiment(scope: ProjectScope, name: string): Promise<ExperimentSummary> {
  const found = await findExperiment(db, scope, name);
  const [summary] = found ? await summaries(scope, [found]) : [];
  if (!summary) throw notFound(`experiment ${name}`);
  return summary;
}

/** Makes an experiment: a name under which runs are compared. @throws DomainError CONFLICT when the name is taken */
export async function createExperiment(
  scope: ProjectScope,
  input: z.infer<typeof createExperimentInput>,
): Promise<{ id: string; name: string }> {
  return transaction(async (tx) => {
    const { name, description } = input;
    const made = await insertExperiment(tx, scope, { name, description });
    if (!made) throw new DomainError('CONFLICT', `There is an experiment called ${input.name} already. Choose another name.`);
    await recordAudit(tx, scope, { action: 'experiment.created', target: { type: 'experiment', id: made.id, name: made.name } });
    await publish(tx, { projectId: scope.projectId, type: 'run.experiment', id: made.id });
    return { id: made.id, name: made.name };
  });
}

async function summaries(scope: ProjectScope, found: ExperimentRecord[]): Promise<ExperimentSummary[]> {
  const experimentIds = found.map((experiment) => experiment.id);
  const [counts, best, names] = await Promise.all([
    countRuns(db, scope, experimentIds),
    findBestRuns(db, scope, { experimentIds, metric: BEST_BY }),
    findNames(
      db,
      found.map((experiment) => experiment.createdById),
    ),
  ]);
  const nothing: RunCounts = { total: 0, active: 0, failed: 0, lastRunAt: null };
  return found.map(({ createdById, ...experiment }) => {
    const { lastRunAt, ...runs } = counts.get(experiment.id) ?? nothing;
    return {
      ...experiment,
      createdBy: createdById ? (names.get(createdById) ?? null) : null,
      runs,
      lastRunAt,
      best: best.get(experiment.id) ?? null,
    };
  });
}
