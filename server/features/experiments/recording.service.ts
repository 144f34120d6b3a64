import type { ProjectScope } from '#server/auth/actor.ts';
import { runName } from '#server/domain/names.ts';
import type { Signature } from '#server/domain/signature.ts';
import { notFound } from '#server/errors.ts';
import { notify } from '#server/features/notifications/notifications.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { putObject } from '#server/platform/storage/objects.ts';
import { deleteMetrics, type MetricPoint, writeMetrics } from './metrics.repo.ts';
import {
  findRun,
  findRunNames,
  findUnendedRuns,
  insertRuns,
  type NewRun,
  putArtifact,
  type RunChange,
  updateRun,
} from './runs.repo.ts';
import type { RunProgress, RunRecord, RunStatus } from './runs.schema.ts';
import { GRAPH_PATH } from './runs.service.ts';

/** States that a run can still leave. */
const ACTIVE: readonly RunStatus[] = ['queued', 'running'];

/** Runs that wait for their turn, in the caller's transaction. Each gets a name of its own in the experiment. */
export async function createRuns(
  tx: Tx,
  scope: ProjectScope,
  o: { experimentId: string; namedBy: string; runs: readonly Omit<NewRun, 'name' | 'experimentId'>[] },
): Promise<{ id: string; name: string }[]> {
  const taken = await findRunNames(tx, scope, o.experimentId);
  const named = o.runs.map((run, i) => {
    const wish = runName(`${o.namedBy}/${i}`);
    let name = wish;
    for (let n = 2; taken.has(name); n += 1) name = `${wish}-${n}`;
    taken.add(name);
    return { ...run, experimentId: o.experimentId, name };
  });
  const made = await insertRuns(tx, scope, named);
  for (const run of made) await tell(tx, scope, 'run.status', run.id);
  return made;
}

/** A run as it is now. @throws DomainError NOT_FOUND */
export async function readRun(scope: ProjectScope, runId: string): Promise<RunRecord> {
  const run = await findRun(db, scope, runId);
  if (!run) throw notFound('run');
  return run;
}

/**
 * Begins a run, from the start: what an earlier attempt wrote is removed.
 * @returns false when it has ended or was cancelled, so that there is nothing to do
 */
export async function startRun(scope: ProjectScope, runId: string, environment: Record<string, string>): Promise<boolean> {
  return transaction(async (tx) => {
    const run = await findRun(tx, scope, runId);
    if (!run || !ACTIVE.includes(run.status)) return false;
    if (run.cancelRequested) {
      await end(tx, scope, runId, { status: 'canceled' });
      return false;
    }
    await deleteMetrics(tx, scope, runId);
    const progress: RunProgress = { share: 0, doing: 'reading the data', step: 0, total: 0 };
    await updateRun(tx, scope, {
      id: runId,
      from: ACTIVE,
      change: { status: 'running', startedAt: new Date(), environment, progress, error: null },
    });
    await tell(tx, scope, 'run.status', runId);
    return true;
  });
}

/** Writes points and progress of a running run. @returns false when somebody wants it to stop, or it has ended */
export async function recordRun(
  scope: ProjectScope,
  runId: string,
  o: { points: readonly MetricPoint[]; progress: RunProgress },
): Promise<boolean> {
  return transaction(async (tx) => {
    await writeMetrics(tx, scope, runId, o.points);
    const running = await updateRun(tx, scope, { id: runId, from: ['running'], change: { progress: o.progress } });
    await tell(tx, scope, 'run.metrics', runId);
    const run = await findRun(tx, scope, runId);
    return running && run?.cancelRequested === false;
  });
}

/** Keeps the trained graph among the run's artifacts. */
export async function keepGraph(
  scope: ProjectScope,
  runId: string,
  o: { graph: Uint8Array; signature: Signature; environment: Record<string, string>; notes: string[] },
): Promise<{ key: string }> {
  const object = await putObject(Buffer.from(o.graph), { mediaType: 'application/onnx' });
  await transaction(async (tx) => {
    await putArtifact(tx, scope, { runId, path: GRAPH_PATH, objectKey: object.key, size: object.size });
    const environment = { ...o.environment, notes: o.notes };
    await updateRun(tx, scope, { id: runId, from: ACTIVE, change: { signature: o.signature, environment } });
  });
  return object;
}

/** Launched runs of all projects that haven't ended and were made before a moment: for the worker, which looks after their jobs. */
export function unendedRuns(before: Date): Promise<{ id: string; projectId: string; cancelRequested: boolean }[]> {
  return findUnendedRuns(db, before);
}

export type RunEnd = { status: 'finished' | 'failed' | 'canceled'; error?: string; points?: readonly MetricPoint[] };

/** Ends a run; one that has ended already stays as it is. */
export async function endRun(scope: ProjectScope, runId: string, o: RunEnd): Promise<void> {
  await transaction((tx) => end(tx, scope, runId, o));
}

/**
 * Cancels runs in the caller's transaction: those that wait end now, those that run end within a second.
 * @returns the ids of those that hadn't ended yet
 */
export async function cancelRuns(tx: Tx, scope: ProjectScope, runIds: readonly string[]): Promise<string[]> {
  const canceled: string[] = [];
  for (const id of runIds) {
    const waited = await updateRun(tx, scope, {
      id,
      from: ['queued'],
      change: { status: 'canceled', cancelRequested: true, endedAt: new Date() },
    });
    const ran = !waited && (await updateRun(tx, scope, { id, from: ['running'], change: { cancelRequested: true } }));
    if (!waited && !ran) continue;
    canceled.push(id);
    await tell(tx, scope, 'run.status', id);
  }
  return canceled;
}

async function end(tx: Tx, scope: ProjectScope, runId: string, o: RunEnd): Promise<void> {
  await writeMetrics(tx, scope, runId, o.points ?? []);
  const change: RunChange = { status: o.status, endedAt: new Date(), error: o.error ?? null };
  const ended = await updateRun(tx, scope, { id: runId, from: ACTIVE, change });
  if (ended && o.status === 'failed') await tellFailure(tx, scope, runId, o.error ?? '');
  await tell(tx, scope, 'run.status', runId);
}

/** Who launched it is told; of one launch once, with a count. */
async function tellFailure(tx: Tx, scope: ProjectScope, runId: string, error: string): Promise<void> {
  const run = await findRun(tx, scope, runId);
  if (!run) return;
  const experiment = run.experiment.name;
  await notify(tx, scope, {
    kind: 'run.failed',
    people: run.createdById ? [run.createdById] : [],
    title: `The run ${run.name} of ${experiment} has failed`,
    text: error,
    href: `/${scope.projectName}/experiments/${experiment}/runs/${encodeURIComponent(run.name)}`,
    groupKey: `runs:${run.launch?.id ?? run.id}`,
    data: { experiment, run: run.name, error },
  });
}

async function tell(tx: Tx, scope: ProjectScope, type: 'run.status' | 'run.metrics', id: string): Promise<void> {
  await publish(tx, { projectId: scope.projectId, type, id });
}
