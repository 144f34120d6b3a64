import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { type Signature, signatureSchema } from '#server/domain/signature.ts';
import { notFound } from '#server/errors.ts';
import { db } from '#server/platform/db/client.ts';
import { findEvaluationsOfRuns } from './evaluations.repo.ts';
import { findNames } from './experiments.repo.ts';
import { getExperiment } from './experiments.service.ts';
import { lastMetrics, readHistory } from './metrics.repo.ts';
import {
  countRunsIn,
  findArtifacts,
  findDatasetNames,
  findRegistered,
  findRun,
  findRuns,
  findRunsById,
  findRunsByName,
} from './runs.repo.ts';
import type {
  History,
  historyInput,
  listRunsInput,
  RunDetail,
  RunRecord,
  RunStatus,
  RunSummary,
  RunSurroundings,
} from './runs.schema.ts';
import { toRunDetail, toRunSummary } from './runs.view.ts';

/** The path under which the trained graph is kept among a run's artifacts. */
export const GRAPH_PATH = 'model.onnx';

/** Runs of one experiment with parameters and last metrics. @throws DomainError NOT_FOUND */
export async function listRuns(scope: ProjectScope, input: z.infer<typeof listRunsInput>): Promise<RunSummary[]> {
  await getExperiment(scope, input.experiment);
  return summarize(scope, await findRuns(db, scope, input));
}

/** Runs of an experiment by their names, in that order. @throws DomainError NOT_FOUND when one isn't there */
export async function getRuns(scope: ProjectScope, experiment: string, names: readonly string[]): Promise<RunSummary[]> {
  const found = new Map((await findRunsByName(db, scope, experiment, names)).map((run) => [run.name, run]));
  const runs = names.map((name) => {
    const run = found.get(name);
    if (!run) throw notFound(`run ${name}`);
    return run;
  });
  return summarize(scope, runs);
}

/** Everything about one run but its curves. @throws DomainError NOT_FOUND */
export async function getRun(scope: ProjectScope, o: { experiment: string; run: string }): Promise<RunDetail> {
  const [run] = await findRunsByName(db, scope, o.experiment, [o.run]);
  if (!run) throw notFound(`run ${o.run}`);
  const runId = run.id;
  const [around, artifacts, evaluations, registered] = await Promise.all([
    surroundings(scope, [run]),
    findArtifacts(db, scope, runId),
    findEvaluationsOfRuns(db, scope, [runId]),
    findRegistered(db, scope, runId),
  ]);
  return toRunDetail(run, around, { artifacts, evaluations: evaluations.get(runId) ?? [], registered });
}

/** Curves of many runs at once; an unknown run has none. */
export async function getHistory(scope: ProjectScope, input: z.infer<typeof historyInput>): Promise<History> {
  const rows = await readHistory(db, scope, { runIds: input.runIds, keys: input.keys ?? null, points: input.points });
  const curves = new Map<string, History[number]>();
  for (const { runId, key, step, value } of rows) {
    const id = `${runId} ${key}`;
    const curve = curves.get(id) ?? { runId, key, points: [] };
    curve.points.push({ step, value });
    curves.set(id, curve);
  }
  return [...curves.values()];
}

export type RunGraph = {
  id: string;
  name: string;
  status: RunStatus;
  graph: { key: string; size: number } | null;
  signature: Signature | null;
  datasetVersionId: string | null;
};

/** What a registry needs of a run: its graph and what that takes. @throws DomainError NOT_FOUND */
export async function getRunGraph(scope: ProjectScope, runId: string): Promise<RunGraph> {
  const run = await findRun(db, scope, runId);
  if (!run) throw notFound('run');
  const artifact = (await findArtifacts(db, scope, runId)).find(({ path }) => path === GRAPH_PATH);
  return {
    id: run.id,
    name: run.name,
    status: run.status,
    graph: artifact ? { key: artifact.objectKey, size: Number(artifact.size) } : null,
    signature: run.signature === null ? null : signatureSchema.parse(run.signature),
    datasetVersionId: run.datasetVersionId,
  };
}

/** Names of runs by their ids; those that aren't in this project are left out. */
export async function describeRuns(
  scope: ProjectScope,
  runIds: readonly string[],
): Promise<{ id: string; name: string; experiment: string }[]> {
  const runs = await findRunsById(db, scope, runIds);
  return runs.map(({ id, name, experiment }) => ({ id, name, experiment: experiment.name }));
}

/** How many runs the project has. */
export async function countRuns(scope: ProjectScope): Promise<number> {
  return countRunsIn(db, scope, null);
}

/** How many wait or are being trained. */
export async function countActiveRuns(scope: ProjectScope): Promise<number> {
  return countRunsIn(db, scope, ['queued', 'running']);
}

async function summarize(scope: ProjectScope, runs: readonly RunRecord[]): Promise<RunSummary[]> {
  const around = await surroundings(scope, runs);
  return runs.map((run) => toRunSummary(run, around));
}

async function surroundings(scope: ProjectScope, runs: readonly RunRecord[]): Promise<RunSurroundings> {
  const [datasets, people, metrics] = await Promise.all([
    findDatasetNames(
      db,
      scope,
      runs.map((run) => run.datasetVersionId),
    ),
    findNames(
      db,
      runs.map((run) => run.createdById),
    ),
    lastMetrics(
      db,
      scope,
      runs.map((run) => run.id),
    ),
  ]);
  return { datasets, people, metrics };
}
