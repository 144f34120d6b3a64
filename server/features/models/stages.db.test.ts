import { beforeEach, describe, expect, it } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { createMember, createProject, createScope, scopeFor, type TestProject } from '#server/testing/factories.ts';
import { createModel, createVersion } from '#server/testing/model-rows.ts';
import { describeStages, saveStages } from './stage-settings.service.ts';
import { currentServing, listStages, servingStage, setStage, stageRole } from './stages.service.ts';

let project: TestProject;
let admin: ProjectScope;
let model: Awaited<ReturnType<typeof createModel>>;

beforeEach(async () => {
  project = await createProject();
  admin = scopeFor(project, await createMember(project, 'admin'), 'admin');
  model = await createModel(project);
});

const STAGES = [
  { name: 'development', title: 'Workshop', role: 'start' as const, description: '' },
  { name: 'staging', title: 'Rehearsal', role: 'gate' as const, description: '' },
  { name: 'europe', title: 'Europe', role: 'serving' as const, description: '' },
  { name: 'production', title: 'Everywhere', role: 'serving' as const, description: '' },
  { name: 'archived', title: 'Archived', role: 'end' as const, description: '' },
];
const save = async (stages: typeof STAGES | Omit<(typeof STAGES)[number], never>[], scope = admin) =>
  saveStages(scope, { revision: (await describeStages(scope)).revision, stages });

describe('stages of a project', () => {
  it('are four from the first moment, and then whatever its admin says', async () => {
    expect((await listStages(admin)).map((stage) => [stage.name, stage.role])).toEqual([
      ['development', 'start'],
      ['staging', 'gate'],
      ['production', 'serving'],
      ['archived', 'end'],
    ]);
    await save(STAGES);
    expect((await listStages(admin)).map((stage) => stage.title)).toEqual([
      'Workshop',
      'Rehearsal',
      'Europe',
      'Everywhere',
      'Archived',
    ]);
    expect(await stageRole(admin, 'europe')).toBe('serving');
    expect(await stageRole(admin, 'nowhere')).toBeNull();
    expect(await db.auditEntry.count({ where: { projectId: project.id, action: 'stages.changed' } })).toBe(1);
  });

  it('hold one version each where they serve; the one before is archived', async () => {
    await save(STAGES);
    const [a, b] = [await createVersion(model), await createVersion(model)];
    const move = (versionId: string, to: string) =>
      transaction((tx) => setStage(tx, admin, { versionId, to, reason: 'So it is.' }));
    await move(a.id, 'europe');
    await move(b.id, 'production');
    expect((await currentServing(db, admin, model.id))?.id).toBe(b.id);
    await move(b.id, 'europe');
    const stageOf = async (id: string) => (await db.modelVersion.findUniqueOrThrow({ where: { id } })).stage;
    expect([await stageOf(a.id), await stageOf(b.id)]).toEqual(['archived', 'europe']);
    expect(await servingStage(db, admin, { stage: 'production' })).toEqual({ serving: 'production', below: 'staging' });
    await expect(move(a.id, 'nowhere')).rejects.toMatchObject({ code: 'INVALID' });
  });

  it('aren’t removed, nor made to mean something else, while a version stands in them', async () => {
    await createVersion(model, { stage: 'staging' });
    await createVersion(model, { stage: 'staging' });
    const refused = { code: 'CONFLICT', message: '2 versions stand in Staging. Move them first.' };
    await expect(save(STAGES.filter((stage) => stage.name !== 'staging'))).rejects.toMatchObject(refused);
    await expect(
      save(STAGES.map((stage) => (stage.name === 'staging' ? { ...stage, role: 'serving' as const } : stage))),
    ).rejects.toMatchObject(refused);
    expect((await describeStages(admin)).stages.find((stage) => stage.name === 'staging')).toMatchObject({
      versions: 2,
      remove: { ok: false },
    });
    await expect(db.stage.deleteMany({ where: { projectId: project.id, name: 'staging' } })).rejects.toThrow();
  });

  it('always have a start, an end and something that serves', async () => {
    await expect(save(STAGES.filter((stage) => stage.role !== 'serving'))).rejects.toMatchObject({ code: 'INVALID' });
    await expect(save([...STAGES].reverse())).rejects.toMatchObject({ code: 'INVALID' });
  });

  it('are defined by admins, one after the other', async () => {
    const scientist = scopeFor(project, await createMember(project, 'scientist'), 'scientist');
    await expect(save(STAGES, scientist)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const { revision } = await describeStages(admin);
    const both = await Promise.allSettled([
      saveStages(admin, { revision, stages: STAGES }),
      saveStages(admin, {
        revision,
        stages: STAGES.filter((stage) => stage.name !== 'europe').map((stage) => ({ ...stage, description: 'x' })),
      }),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('are of one project', async () => {
    await save(STAGES);
    const { scope: other } = await createScope('admin');
    expect(await listStages(other)).toHaveLength(4);
  });
});
