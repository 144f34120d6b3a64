import { beforeEach, describe, expect, it } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { createScope, type TestProject } from '#server/testing/factories.ts';
import { addTraffic, createGateway, createModel, createVersion, setGateway } from '#server/testing/model-rows.ts';
import { tickRollouts } from './controller.service.ts';
import { createDeployment } from './deployments.service.ts';
import type { RolloutPlan } from './plan.schema.ts';
import { explainRollBack, goBack, pauseRollout, resumeRollout, rollBackByHand } from './rollout-acts.service.ts';
import { bringToProduction } from './rollouts.service.ts';
import { loadRoutingTable } from './routing.service.ts';

const PLAN: RolloutPlan = {
  steps: [
    { weight: 0.1, minRequests: 20, minOutcomes: 20, holdSeconds: 0 },
    { weight: 1, minRequests: 20, minOutcomes: 20, holdSeconds: 0 },
  ],
  limits: { errorRate: 0.02, latencyMs: 50, accuracy: 0.05 },
};

let project: TestProject;
let scope: ProjectScope;
let deploymentId: string;
let gatewayId: string;
let v1: string;
let v2: string;
let modelId: string;

beforeEach(async () => {
  await db.process.deleteMany();
  await db.rollout.updateMany({ where: { status: { in: ['running', 'paused'] } }, data: { status: 'rolled_back' } });
  ({ project, scope } = await createScope('scientist'));
  const model = await createModel(project);
  modelId = model.id;
  v1 = (await createVersion(model, { stage: 'production' })).id;
  v2 = (await createVersion(model, { stage: 'staging' })).id;
  deploymentId = (await createDeployment(scope, { name: 'spam-filter', model: 'spam-filter', plan: PLAN })).id;
  gatewayId = (await createGateway({ routing: { [deploymentId]: await revision() } })).id;
});

const revision = async () => (await db.deployment.findUniqueOrThrow({ where: { id: deploymentId } })).revision;
const rollout = () => db.rollout.findFirstOrThrow({ where: { deploymentId }, orderBy: { number: 'desc' } });
const stageOf = async (id: string) => (await db.modelVersion.findUniqueOrThrow({ where: { id } })).stage;
const actions = async () =>
  (await db.rolloutDecision.findMany({ where: { rolloutId: (await rollout()).id }, orderBy: { id: 'asc' } })).map(
    (row) => row.action,
  );
const serve = async () => setGateway(gatewayId, { routing: { [deploymentId]: await revision() } });

function start(versionId = v2) {
  return transaction((tx) =>
    bringToProduction(tx, scope, {
      modelId,
      versionId,
      requestId: crypto.randomUUID(),
      deploymentId: null,
      plan: null,
      reason: 'Better.',
    }),
  );
}

async function traffic(version: string, arm: 'primary' | 'canary', o: { outcomes: number; correct: number; errors?: number }) {
  const { id } = await rollout();
  await addTraffic(project, { deploymentId, rolloutId: id, modelVersionId: version, arm, requests: 40, ...o });
}

describe('a rollout', () => {
  it('waits for the gateways, steps up, and makes the candidate production', async () => {
    await start();
    await tickRollouts();
    expect(await actions()).toEqual(['start']);
    await serve();
    await tickRollouts();
    expect(await actions()).toEqual(['start', 'serve']);
    await tickRollouts();
    await traffic(v1, 'primary', { outcomes: 40, correct: 38 });
    await traffic(v2, 'canary', { outcomes: 40, correct: 39 });
    await tickRollouts();
    expect((await rollout()).stepIndex).toBe(1);
    expect(await stageOf(v2)).toBe('staging');
    await tickRollouts();
    expect((await rollout()).status).toBe('running');
    await serve();
    await tickRollouts();
    await traffic(v2, 'canary', { outcomes: 40, correct: 38 });
    await tickRollouts();
    expect(await rollout()).toMatchObject({ status: 'completed' });
    expect([await stageOf(v1), await stageOf(v2)]).toEqual(['archived', 'production']);
    expect(await actions()).toEqual(['start', 'serve', 'check', 'advance', 'serve', 'complete']);
    const [entry] = (await loadRoutingTable()).filter((one) => one.deploymentId === deploymentId);
    expect(entry).toMatchObject({ rolloutId: null, arms: [{ modelVersionId: v2, name: 'primary', weight: 1 }] });
    const audited = await db.auditEntry.findMany({ where: { projectId: project.id }, orderBy: { id: 'asc' } });
    expect(audited.map((row) => row.action)).toEqual(
      expect.arrayContaining([
        'deployment.created',
        'rollout.start',
        'rollout.advance',
        'rollout.complete',
        'model.version.stage-changed',
      ]),
    );
  });

  it('rolls back on its own when the outcomes say so, and puts the candidate back to staging', async () => {
    await start();
    await serve();
    await tickRollouts();
    await traffic(v1, 'primary', { outcomes: 40, correct: 39 });
    await traffic(v2, 'canary', { outcomes: 40, correct: 3 });
    await tickRollouts();
    const ended = await rollout();
    expect(ended).toMatchObject({ status: 'rolled_back', endReason: expect.stringContaining('accuracy is worse') });
    expect([await stageOf(v1), await stageOf(v2)]).toEqual(['production', 'staging']);
    const [entry] = (await loadRoutingTable()).filter((one) => one.deploymentId === deploymentId);
    expect(entry?.arms).toHaveLength(1);
  });

  it('rolls back a candidate that a gateway cannot load, with the reason', async () => {
    await start();
    await setGateway(gatewayId, {
      routing: { [deploymentId]: 1 },
      problems: { [deploymentId]: "Version 2 can't be served: the file is corrupt" },
    });
    await tickRollouts();
    expect(await rollout()).toMatchObject({ status: 'rolled_back', endReason: expect.stringContaining('the file is corrupt') });
  });

  it('is not judged while paused, and its hold begins anew', async () => {
    await start();
    await serve();
    await tickRollouts();
    await pauseRollout(scope, { deployment: 'spam-filter', number: 1 });
    await traffic(v1, 'primary', { outcomes: 40, correct: 39 });
    await traffic(v2, 'canary', { outcomes: 40, correct: 3 });
    await tickRollouts();
    expect((await rollout()).status).toBe('paused');
    await expect(pauseRollout(scope, { deployment: 'spam-filter', number: 1 })).rejects.toMatchObject({ code: 'CONFLICT' });
    await resumeRollout(scope, { deployment: 'spam-filter', number: 1 });
    expect((await rollout()).status).toBe('running');
  });

  it('is rolled back by hand at once, and explained once afterwards', async () => {
    await start();
    await rollBackByHand(scope, { deployment: 'spam-filter', number: 1 });
    expect((await rollout()).status).toBe('rolled_back');
    await explainRollBack(scope, { deployment: 'spam-filter', number: 1, reason: 'Complaints by phone.' });
    expect((await rollout()).endReason).toContain('Complaints by phone.');
    await expect(explainRollBack(scope, { deployment: 'spam-filter', number: 1, reason: 'Again' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('starts once when two approvals come together', async () => {
    const results = await Promise.allSettled([start(), start()]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await db.rollout.count({ where: { deploymentId } })).toBe(1);
  });

  it('moves once when two controllers look at the same time', async () => {
    await start();
    await serve();
    await tickRollouts();
    await traffic(v1, 'primary', { outcomes: 40, correct: 38 });
    await traffic(v2, 'canary', { outcomes: 40, correct: 39 });
    await Promise.all([tickRollouts(), tickRollouts(), tickRollouts()]);
    expect((await rollout()).stepIndex).toBe(1);
    expect((await actions()).filter((action) => action === 'advance')).toHaveLength(1);
  });
});

describe('going back', () => {
  it('lets the version before answer again', async () => {
    await start();
    await serve();
    await tickRollouts();
    for (const _ of [1, 2]) {
      await traffic(v1, 'primary', { outcomes: 40, correct: 38 });
      await traffic(v2, 'canary', { outcomes: 40, correct: 39 });
      await tickRollouts();
      await serve();
      await tickRollouts();
    }
    expect((await rollout()).status).toBe('completed');
    expect(await goBack(scope, { deployment: 'spam-filter', reason: 'It misses invoices.' })).toEqual({ number: 1 });
    expect([await stageOf(v1), await stageOf(v2)]).toEqual(['production', 'staging']);
    const [entry] = (await loadRoutingTable()).filter((one) => one.deploymentId === deploymentId);
    expect(entry?.arms[0]?.modelVersionId).toBe(v1);
  });
});

describe('the first version', () => {
  it('answers at once where nothing answered before', async () => {
    const model = await createModel(project, 'other');
    const first = await createVersion(model, { stage: 'staging' });
    const made = await createDeployment(scope, { name: 'other', model: 'other' });
    expect(made.primary).toBeNull();
    const begun = await transaction((tx) =>
      bringToProduction(tx, scope, {
        modelId: model.id,
        versionId: first.id,
        requestId: crypto.randomUUID(),
        deploymentId: null,
        plan: null,
        reason: 'First.',
      }),
    );
    expect(begun).toEqual({ kind: 'at-once', deployment: 'other' });
    expect(await stageOf(first.id)).toBe('production');
    expect((await loadRoutingTable()).find((one) => one.deploymentId === made.id)?.arms[0]?.modelVersionId).toBe(first.id);
  });

  it('is refused where callers do not send what it needs', async () => {
    const model = { id: modelId, projectId: project.id };
    const greedy = await createVersion(model, {
      stage: 'staging',
      signature: {
        inputs: [{ name: 'subject', datatype: 'BYTES', shape: [-1] }],
        outputs: [],
        classes: ['ham', 'spam'],
        fields: [{ name: 'subject', kind: 'text' }],
      },
    });
    await expect(start(greedy.id)).rejects.toMatchObject({ code: 'INVALID', message: expect.stringContaining('needs subject') });
    expect(await db.rollout.count({ where: { deploymentId } })).toBe(0);
  });
});
