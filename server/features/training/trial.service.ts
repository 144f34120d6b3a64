import { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { EvaluationSummary } from '#server/domain/evaluation.schema.ts';
import { DomainError, isDomainError } from '#server/errors.ts';
import { readColumns } from '#server/features/datasets/rows.service.ts';
import { evaluateArtifact } from '#server/features/experiments/evaluation.service.ts';
import { endRun, keepGraph, readRun, recordRun, startRun } from '#server/features/experiments/recording.service.ts';
import { db } from '#server/platform/db/client.ts';
import type { JobContext } from '#server/platform/queue/queue.ts';
import { describeEnvironment } from './environment.ts';
import { closeLaunch, findLaunchById } from './launches.repo.ts';
import { createRecorder } from './recorder.ts';
import { trainInThread } from './trainer.ts';
import { type Feature, featureSchema } from './training.schema.ts';
import { trialOf } from './trials.ts';

type Point = { key: string; step: number; value: number };

/**
 * Trains one run from start to end. Deterministic by the run's seed and safe to repeat: a second attempt begins anew
 * and arrives at the same graph. What is wrong with the data or the settings fails the run with that reason; what is
 * wrong with us is thrown, and fails the run at the last attempt.
 */
export async function trainTrial(scope: ProjectScope, runId: string, context: JobContext): Promise<void> {
  const run = await readRun(scope, runId);
  const launch = run.launch && (await findLaunchById(db, scope, run.launch.id));
  const environment = describeEnvironment();
  if (launch && (await startRun(scope, runId, environment))) {
    try {
      const points = await work(scope, runId, { labelColumn: launch.labelColumn, environment, context });
      await endRun(scope, runId, points === 'canceled' ? { status: 'canceled' } : { status: 'finished', points });
    } catch (error) {
      await fail(scope, runId, error, context);
    }
  }
  if (launch) await closeLaunch(db, scope, launch.id);
}

async function work(
  scope: ProjectScope,
  runId: string,
  o: { labelColumn: string; environment: Record<string, string>; context: JobContext },
): Promise<Point[] | 'canceled'> {
  const run = await readRun(scope, runId);
  const versionId = run.datasetVersionId;
  if (!versionId) throw new DomainError('INVALID', 'This run names no dataset version to learn from.');
  const features: Feature[] = z.array(featureSchema).parse(run.features);
  const names = features.map((feature) => feature.name);
  const { n, columns } = await readColumns(scope, versionId, {
    columns: [...names, o.labelColumn],
    split: 'train',
    requireLabel: true,
  });
  if (n === 0) throw new DomainError('INVALID', 'The part "train" has no row with a label, so there is nothing to learn from.');

  const stopped = new AbortController();
  const signal = AbortSignal.any([o.context.signal, stopped.signal]);
  const recorder = createRecorder({
    write: (points, progress) => recordRun(scope, runId, { points, progress }),
    onStop: () => stopped.abort('canceled'),
  });
  const { epochs, ...params } = trialOf(run.params);
  try {
    const labels = (columns[o.labelColumn] ?? []).map(String);
    const trained = await trainInThread(
      { features, columns, labels, params: { ...params, epochs }, seed: run.seed ?? 0 },
      { signal, onProgress: (progress) => recorder.add(progress) },
    );
    const last = trained.info.steps;
    await recorder.say('evaluating on the test part', { step: last, total: last });
    signal.throwIfAborted();
    const { key } = await keepGraph(scope, runId, {
      graph: trained.graph,
      signature: trained.signature,
      environment: o.environment,
      notes: trained.info.notes,
    });
    const evaluation = await evaluateArtifact(scope, {
      artifactKey: key,
      signature: trained.signature,
      datasetVersionId: versionId,
      split: 'test',
      runId,
      signal,
    });
    const { cancelRequested } = await readRun(scope, runId);
    return cancelRequested ? 'canceled' : testPoints(evaluation.summary, last);
  } catch (error) {
    if (stopped.signal.aborted) return 'canceled';
    throw error;
  } finally {
    await recorder.close();
  }
}

/** Ends the run as failed, or throws for another attempt. */
async function fail(scope: ProjectScope, runId: string, error: unknown, { signal, log, lastAttempt }: JobContext): Promise<void> {
  if (signal.aborted && signal.reason !== 'cancelled') throw error;
  if (isDomainError(error)) return endRun(scope, runId, { status: 'failed', error: error.message });
  log.error({ err: error, runId }, 'a run failed');
  if (!lastAttempt) throw error;
  await endRun(scope, runId, {
    status: 'failed',
    error: 'Training stopped because of an error on our side. Launch it again; if it stays, tell an administrator.',
  });
  throw error;
}

/** The figures on the test part as metrics of the last step; those that don't exist are left out. */
function testPoints(summary: EvaluationSummary, step: number): Point[] {
  const figures: [string, number | null | undefined][] = [
    ['test.accuracy', summary.accuracy?.estimate],
    ['test.f1', summary.macroF1?.estimate],
    ['test.loss', summary.logLoss],
    ...summary.perClass.map(({ name, f1 }): [string, number | undefined] => [`test.f1.${name}`, f1?.estimate]),
  ];
  return figures.flatMap(([key, value]) => (value === null || value === undefined ? [] : [{ key, step, value }]));
}
