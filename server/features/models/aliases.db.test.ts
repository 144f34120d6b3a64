import { beforeEach, describe, expect, it } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import { db } from '#server/platform/db/client.ts';
import { createMember, createProject, createScope, scopeFor, type TestProject } from '#server/testing/factories.ts';
import { createModel, createVersion } from '#server/testing/model-rows.ts';
import { aliasHistory, listAliases, removeAlias, setAlias } from './aliases.service.ts';

let project: TestProject;
let scientist: ProjectScope;
let reviewer: ProjectScope;
const model = 'spam-filter';

beforeEach(async () => {
  project = await createProject();
  scientist = scopeFor(project, await createMember(project, 'scientist'), 'scientist');
  reviewer = scopeFor(project, await createMember(project, 'reviewer'), 'reviewer');
  const row = await createModel(project);
  await createVersion(row);
  await createVersion(row);
});

const set = (
  scope: ProjectScope,
  name: string,
  number: number,
  o: { protected?: boolean; reason?: string; expectedVersion?: number } = {},
) => setAlias(scope, { model, name, number, reason: '', ...o });

describe('aliases', () => {
  it('point at one version at a time, with their history kept', async () => {
    await set(scientist, 'challenger', 1);
    await set(scientist, 'challenger', 1);
    await set(scientist, 'challenger', 2);
    expect((await listAliases(scientist, { model })).aliases).toMatchObject([
      { name: 'challenger', number: 2, protected: false },
    ]);
    await removeAlias(scientist, { model, name: 'challenger', reason: '' });
    const history = await aliasHistory(scientist, { model });
    expect(history.map(({ from, to }) => [from, to])).toEqual([
      [2, null],
      [1, 2],
      [null, 1],
    ]);
    expect(await db.auditEntry.count({ where: { projectId: project.id, action: { startsWith: 'alias.' } } })).toBe(3);
    await expect(removeAlias(scientist, { model, name: 'challenger', reason: '' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('that are protected move only with the right to set gates, and a reason', async () => {
    await expect(set(scientist, 'champion', 1, { protected: true, reason: 'Mine.' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(set(reviewer, 'champion', 1, { protected: true })).rejects.toMatchObject({ code: 'INVALID' });
    await set(reviewer, 'champion', 1, { protected: true, reason: 'The one to beat.' });
    await expect(set(scientist, 'champion', 2)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('approved request'),
    });
    await expect(set(scientist, 'champion', 2, { protected: false })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(removeAlias(scientist, { model, name: 'champion', reason: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await set(reviewer, 'champion', 2, { reason: 'It won.' });
    expect((await listAliases(reviewer, { model })).aliases).toMatchObject([{ name: 'champion', number: 2, protected: true }]);
  });

  it('tell a second person that they moved meanwhile, and are of one project only', async () => {
    await set(scientist, 'challenger', 1, { expectedVersion: 0 });
    await expect(set(scientist, 'challenger', 2, { expectedVersion: 0 })).rejects.toMatchObject({ code: 'CONFLICT' });
    const { scope: stranger } = await createScope('admin');
    await expect(set(stranger, 'challenger', 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(set(scientist, 'challenger', 9)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
