import { expect, test } from 'vitest';
import { db } from '#server/platform/db/client.ts';
import { callerFor } from '#server/testing/caller.ts';
import { createMember, createProject } from '#server/testing/factories.ts';
import { SPAM_SIGNATURE } from '#server/testing/graphs.ts';
import { addTraffic, createModel, createVersion } from '#server/testing/model-rows.ts';

test('callers that send less than a version needs are named', async () => {
  const project = await createProject();
  const caller = callerFor(await createMember(project, 'reviewer'));
  const model = await createModel(project);
  const answering = await createVersion(model);
  const fields = [...SPAM_SIGNATURE.fields, { name: 'region', kind: 'category' as const }];
  const next = await createVersion(model, { signature: { ...SPAM_SIGNATURE, fields } });
  const deployment = await db.deployment.create({
    data: { projectId: project.id, modelId: model.id, name: 'spam', primaryVersionId: answering.id, plan: {} },
  });
  await addTraffic(project, {
    deploymentId: deployment.id,
    rolloutId: null,
    modelVersionId: answering.id,
    arm: 'primary',
    requests: 5,
  });
  const ask = async (number: number) =>
    (await caller.deployments.fit({ project: project.name, model: model.name, number })).deployments[0];
  expect(await ask(answering.number)).toMatchObject({ misfits: [], wouldBreak: [], lookedAt: 5 });
  expect(await ask(next.number)).toMatchObject({
    deployment: 'spam',
    answering: answering.number,
    misfits: [{ field: 'region', problem: 'not-sent' }],
    wouldBreak: [{ requests: 5, misfits: [{ field: 'region', problem: 'not-sent' }] }],
    sentence: `v${next.number} needs region, which isn't sent by callers of spam.`,
  });
});
