import { beforeAll, describe, expect, it } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import { trainTrialJob } from '#server/features/training/training.jobs.ts';
import { uuid7 } from '#server/gateway/ids.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { cancelJob, enqueue } from '#server/platform/queue/queue.ts';
import { putObject } from '#server/platform/storage/objects.ts';
import { createScope } from '#server/testing/factories.ts';
import { SPAM_SIGNATURE } from '#server/testing/graphs.ts';
import { endAbandoned } from './abandoned.ts';

let scope: ProjectScope;
let world: Awaited<ReturnType<typeof createWorld>>;
const now = new Date();
const createdAt = new Date(now.getTime() - 120_000);
beforeAll(async () => {
  ({ scope } = await createScope('scientist'));
  world = await createWorld(scope.projectId);
});

/** What jobs work on, two minutes old, and no job for any of it. */
async function createWorld(projectId: string) {
  const dataset = await db.dataset.create({ data: { projectId, name: 'mail' } });
  const version = await db.datasetVersion.create({
    data: { projectId, datasetId: dataset.id, number: 1, recipe: {}, rowCount: 0, status: 'building', createdAt },
  });
  const experiment = await db.experiment.create({ data: { projectId, name: 'text' } });
  const launch = await db.launch.create({
    data: {
      ...{ projectId, experimentId: experiment.id, name: 'first', datasetVersionId: version.id },
      ...{ features: [], labelColumn: 'label', space: {}, seed: 1 },
    },
  });
  const run = (
    name: string,
    o: { status: 'queued' | 'running'; launchId?: string; cancelRequested?: boolean; createdAt?: Date },
  ) => db.run.create({ data: { projectId, experimentId: experiment.id, name, launchId: launch.id, createdAt, ...o } });
  const labeling = await db.labelingProject.create({
    data: {
      ...{ projectId, name: 'labels', question: 'Is it spam?', labels: [], displayColumns: [], createdAt },
      ...{ datasetVersionId: version.id, keyColumn: 'id', sample: {} },
    },
  });
  const model = await db.model.create({ data: { projectId, name: 'spam-filter' } });
  const graph = await putObject('graph', { mediaType: 'application/octet-stream' });
  const modelVersion = await db.modelVersion.create({
    data: {
      ...{ projectId, modelId: model.id, number: 1, source: 'upload', graphKey: graph.key },
      ...{ signature: SPAM_SIGNATURE, sizeBytes: 1n },
    },
  });
  const ask = () =>
    db.promotionRequest.create({
      data: {
        ...{ projectId, modelVersionId: modelVersion.id, targetStage: 'staging', reason: 'good' },
        ...{ evaluationSplit: {}, requestedByName: 'Sam', requestedAt: createdAt },
      },
    });
  const suiteRun = (requestId: string, requestedAt: Date) =>
    db.suiteRun.create({
      data: {
        ...{ projectId, modelId: model.id, modelVersionId: modelVersion.id, settings: {}, suiteVersion: 1, seed: 1 },
        ...{ requestedByName: 'Sam', requestId, requestedAt },
      },
    });
  const asked = await ask();
  const waits = await ask();
  return {
    ...{ version, labeling, asked, waits },
    killed: await run('killed', { status: 'running' }),
    waiting: await run('waiting', { status: 'queued' }),
    unwanted: await run('unwanted', { status: 'running', cancelRequested: true }),
    young: await run('young', { status: 'queued', createdAt: now }),
    alive: await run('alive', { status: 'running' }),
    lostSuite: await suiteRun(uuid7(1), createdAt),
    suite: await suiteRun(waits.id, now),
  };
}

const status = async (id: string) => (await db.run.findUniqueOrThrow({ where: { id } })).status;

describe('work whose job is gone', () => {
  it('ends with a plain reason, once; what has a job, or is young, goes on', async () => {
    const payload = { projectId: scope.projectId, projectName: scope.projectName, runId: world.alive.id };
    const job = await transaction((tx) => enqueue(tx, trainTrialJob, payload));
    await endAbandoned(now);
    const killed = await db.run.findUniqueOrThrow({ where: { id: world.killed.id } });
    expect(killed).toMatchObject({ status: 'failed', error: expect.stringMatching(/cut off too often.*Start it again/) });
    expect(await status(world.waiting.id)).toBe('failed');
    expect(await status(world.unwanted.id)).toBe('canceled');
    expect(await status(world.young.id)).toBe('queued');
    expect(await status(world.alive.id)).toBe('running');
    expect(await db.datasetVersion.findUnique({ where: { id: world.version.id } })).toMatchObject({ status: 'failed' });
    expect(await db.labelingProject.findUnique({ where: { id: world.labeling.id } })).toMatchObject({ status: 'failed' });
    expect(await db.promotionRequest.findUnique({ where: { id: world.asked.id } })).toMatchObject({ status: 'failed' });
    expect(await db.suiteRun.findUnique({ where: { id: world.lostSuite.id } })).toMatchObject({ status: 'failed' });

    await endAbandoned(new Date(now.getTime() + 1_000));
    const again = await db.run.findUniqueOrThrow({ where: { id: world.killed.id } });
    expect(again.endedAt).toEqual(killed.endedAt);
    await cancelJob(trainTrialJob, job);
    await endAbandoned(now);
    expect(await status(world.alive.id)).toBe('failed');
  });

  it('leaves a request alone whose suite runs', async () => {
    expect(await db.promotionRequest.findUnique({ where: { id: world.waits.id } })).toMatchObject({ status: 'preparing' });
    expect(await db.suiteRun.findUnique({ where: { id: world.suite.id } })).toMatchObject({ status: 'queued' });
  });
});
