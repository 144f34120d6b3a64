import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { describeVersions, getReadyVersion, getVersionByNumber } from '#server/features/datasets/versions.service.ts';
import { assertNoGoldRows } from '#server/features/evaluations/gold.service.ts';
import { getExperiment } from '#server/features/experiments/experiments.service.ts';
import { cancelRuns, createRuns } from '#server/features/experiments/recording.service.ts';
import { getRun } from '#server/features/experiments/runs.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { enqueue } from '#server/platform/queue/queue.ts';
import {
  closeLaunch,
  countLaunches,
  findLaunch,
  findLaunches,
  insertLaunch,
  lockExperiment,
  markCancelRequested,
} from './launches.repo.ts';
import { toLaunchView } from './launches.view.ts';
import { trainTrialJob } from './training.jobs.ts';
import { assertTrainable, assertTrialCount, possibleFeatures, trainingProblems } from './training.policy.ts';
import {
  type cancelLaunchInput,
  type cancelRunInput,
  DEFAULT_SPACE,
  type LaunchView,
  type launchInput,
  type launchOutput,
  type optionsOutput,
} from './training.schema.ts';
import { paramsOf, trialsOf } from './trials.ts';

/**
 * Launches one run for each combination of settings; the worker trains them one after another.
 * @throws DomainError NOT_FOUND, CONFLICT while the version isn't ready or holds rows that are locked for judging, INVALID when it can't be trained on
 */
export async function launch(scope: ProjectScope, input: z.infer<typeof launchInput>): Promise<z.infer<typeof launchOutput>> {
  const experiment = await getExperiment(scope, input.experiment);
  const named = await getVersionByNumber(scope, { dataset: input.dataset, number: input.version });
  const version = await getReadyVersion(scope, named.id);
  assertTrainable(version, input.features);
  await assertNoGoldRows(scope, version.id);
  const { features, epochs, seed, space } = input;
  const trials = trialsOf(space, { features, epochs });
  assertTrialCount(trials.length);
  const labelColumn = version.columns.find((column) => column.kind === 'label')?.name ?? '';
  return transaction(async (tx) => {
    await lockExperiment(tx, scope, experiment.id);
    const number = (await countLaunches(tx, scope, experiment.id)) + 1;
    const made = await insertLaunch(tx, scope, {
      experimentId: experiment.id,
      name: `launch-${number}`,
      datasetVersionId: version.id,
      features,
      labelColumn,
      space,
      seed,
    });
    const runs = await createRuns(tx, scope, {
      experimentId: experiment.id,
      namedBy: made.id,
      runs: trials.map((trial, i) => ({
        launchId: made.id,
        trial: i + 1,
        datasetVersionId: version.id,
        seed,
        features,
        params: paramsOf(trial, features),
      })),
    });
    for (const run of runs) {
      await enqueue(tx, trainTrialJob, { projectId: scope.projectId, projectName: scope.projectName, runId: run.id });
    }
    await recordAudit(tx, scope, {
      action: 'training.launched',
      target: { type: 'launch', id: made.id, name: `${experiment.name}, ${made.name}` },
      details: {
        dataset: `${version.dataset} v${version.number}`,
        trials: trials.length,
        seed,
        features: features.map(({ name }) => name),
      },
    });
    return { launch: made.name, runs };
  });
}

/** What can be learned from a dataset version. @throws DomainError NOT_FOUND, CONFLICT while it isn't ready */
export async function launchOptions(
  scope: ProjectScope,
  o: { dataset: string; version: number },
): Promise<z.infer<typeof optionsOutput>> {
  const named = await getVersionByNumber(scope, { dataset: o.dataset, number: o.version });
  const version = await getReadyVersion(scope, named.id);
  return {
    label: version.columns.find((column) => column.kind === 'label')?.name ?? null,
    features: possibleFeatures(version),
    parts: version.split?.parts ?? [],
    problems: trainingProblems(version),
    defaults: DEFAULT_SPACE,
  };
}

/** Launches of an experiment with the states of their trials, newest first. @throws DomainError NOT_FOUND */
export async function listLaunches(scope: ProjectScope, experiment: string): Promise<LaunchView[]> {
  await getExperiment(scope, experiment);
  const found = await findLaunches(db, scope, experiment);
  const versions = await describeVersions(scope, [...new Set(found.map((one) => one.datasetVersionId))]);
  const names = new Map(versions.map(({ id, dataset, number }) => [id, { name: dataset, number }]));
  return found.map((one) => toLaunchView(one, names.get(one.datasetVersionId) ?? null));
}

/** Stops one run. @throws DomainError NOT_FOUND, CONFLICT when it has ended */
export async function cancelRun(scope: ProjectScope, o: z.infer<typeof cancelRunInput>): Promise<{ canceled: number }> {
  const run = await getRun(scope, o);
  return transaction(async (tx) => {
    const canceled = await cancelRuns(tx, scope, [run.id]);
    if (canceled.length === 0)
      throw new DomainError('CONFLICT', `${run.name} is ${run.status} already, so there is nothing to stop.`);
    if (run.launch) await closeLaunch(tx, scope, run.launch.id);
    await recordAudit(tx, scope, {
      action: 'run.canceled',
      target: { type: 'run', id: run.id, name: `${o.experiment}, ${run.name}` },
    });
    return { canceled: 1 };
  });
}

/** Stops all runs of a launch that haven't ended. @throws DomainError NOT_FOUND, CONFLICT when all have */
export async function cancelLaunch(scope: ProjectScope, o: z.infer<typeof cancelLaunchInput>): Promise<{ canceled: number }> {
  return transaction(async (tx) => {
    const found = await findLaunch(tx, scope, o);
    if (!found) throw notFound(`launch ${o.launch}`);
    await markCancelRequested(tx, scope, found.id);
    const canceled = await cancelRuns(
      tx,
      scope,
      found.runs.map((run) => run.id),
    );
    if (canceled.length === 0)
      throw new DomainError('CONFLICT', `All runs of ${found.name} have ended, so there is nothing to stop.`);
    await closeLaunch(tx, scope, found.id);
    await recordAudit(tx, scope, {
      action: 'training.canceled',
      target: { type: 'launch', id: found.id, name: `${o.experiment}, ${found.name}` },
      details: { runs: canceled.length },
    });
    return { canceled: canceled.length };
  });
}
