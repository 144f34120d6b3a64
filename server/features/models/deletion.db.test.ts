import { describe, expect, test } from 'vitest';
import { db } from '#server/platform/db/client.ts';
import { callerFor } from '#server/testing/caller.ts';
import { createMember, createProject } from '#server/testing/factories.ts';
import { addTraffic, createModel, createVersion } from '#server/testing/model-rows.ts';

async function world() {
  const project = await createProject();
  const scientist = callerFor(await createMember(project, 'scientist'));
  const admin = callerFor(await createMember(project, 'admin'));
  const model = await createModel(project);
  const version = await createVersion(model);
  const ref = { project: project.name, model: model.name, number: version.number };
  return { project, scientist, admin, model, version, ref };
}

describe('deleting a version', () => {
  test('shows what hangs on it, frees the graph, and keeps the record', async () => {
    const { project, scientist, model, version, ref } = await world();
    await scientist.models.setStage({ ...ref, stage: 'archived', reason: 'not needed' });
    const preview = await scientist.models.previewDeletion(ref);
    expect(preview).toMatchObject({
      may: { ok: true },
      goes: { bytes: 10, graphAlsoHeldBy: [], evaluations: 0 },
      stays: { stageChanges: 1, requests: 0, predictions: 0 },
    });
    expect(await scientist.models.deleteVersion({ ...ref, reason: 'made by mistake' })).toEqual({ freedBytes: 10 });
    const row = await db.modelVersion.findUniqueOrThrow({ where: { id: version.id } });
    expect(row).toMatchObject({ graphObjectKey: null, graphKey: version.graphKey, deletedReason: 'made by mistake' });
    expect((await scientist.models.get({ project: project.name, model: model.name })).versions).toEqual([]);
    expect((await scientist.models.version(ref)).deleted).toMatchObject({ reason: 'made by mistake' });
    await expect(scientist.models.setStage({ ...ref, stage: 'development', reason: 'back' })).rejects.toThrow(/deleted by/);
    await expect(scientist.models.deleteVersion({ ...ref, reason: 'again' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await createVersion(model)).number).toBe(version.number + 1);
  });

  test('says which others hold the graph, and frees nothing then', async () => {
    const { scientist, model, version, ref } = await world();
    const other = await createVersion(model, { graphKey: version.graphKey });
    expect((await scientist.models.previewDeletion(ref)).goes).toMatchObject({
      bytes: 0,
      graphAlsoHeldBy: [`${model.name} v${other.number}`],
    });
  });

  test('is refused while it answers, and left to an admin once it has answered', async () => {
    const { project, scientist, admin, model, version, ref } = await world();
    const deployment = await db.deployment.create({
      data: { projectId: project.id, modelId: model.id, name: 'spam', primaryVersionId: version.id, plan: {} },
    });
    await addTraffic(project, {
      deploymentId: deployment.id,
      rolloutId: null,
      modelVersionId: version.id,
      arm: 'primary',
      requests: 3,
    });
    await expect(admin.models.deleteVersion({ ...ref, reason: 'old one' })).rejects.toThrow(/answers for spam/);
    await db.deployment.update({ where: { id: deployment.id }, data: { primaryVersionId: null } });
    await expect(scientist.models.deleteVersion({ ...ref, reason: 'old one' })).rejects.toThrow(/admin of the project/);
    expect((await admin.models.previewDeletion(ref)).stays.predictions).toBe(3);
    await admin.models.deleteVersion({ ...ref, reason: 'old one' });
  });

  test('happens once, however many ask at once', async () => {
    const { scientist, ref } = await world();
    const asked = await Promise.allSettled([1, 2, 3].map((i) => scientist.models.deleteVersion({ ...ref, reason: `try ${i}` })));
    expect(asked.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });
});
