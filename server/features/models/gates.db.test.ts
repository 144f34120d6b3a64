import { beforeEach, describe, expect, it } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import { usualGates } from '#server/domain/gates.ts';
import { db } from '#server/platform/db/client.ts';
import { createMember, createProject, scopeFor, type TestProject } from '#server/testing/factories.ts';
import { createModel, createVersion } from '#server/testing/model-rows.ts';
import { gateHistory, gatesOf, getGates, judgeStageGates, saveGates } from './gates.service.ts';
import { listPastFacts } from './past-facts.service.ts';

let project: TestProject;
let reviewer: ProjectScope;
let scientist: ProjectScope;
let model: Awaited<ReturnType<typeof createModel>>;

beforeEach(async () => {
  project = await createProject();
  reviewer = scopeFor(project, await createMember(project, 'reviewer'), 'reviewer');
  scientist = scopeFor(project, await createMember(project, 'scientist'), 'scientist');
  model = await createModel(project);
});

const rule = (id: string, expression: string, o: { stage?: string; blocking?: boolean } = {}) => ({
  id,
  name: id,
  expression,
  stage: o.stage ?? null,
  blocking: o.blocking ?? true,
  description: '',
});
const fact = (path: string, estimate: number) => ({ path, estimate, lower: null, upper: null, n: 100, unit: null });
const reason = 'Agreed on Monday.';

describe('gates', () => {
  it('are the usual ones until somebody sets others, for the project or a model', async () => {
    expect(await getGates(scientist, { model: 'spam-filter' })).toMatchObject({
      from: 'usual',
      revision: 0,
      rules: usualGates('spam'),
      may: { write: { ok: false } },
    });
    await saveGates(reviewer, { expectedRevision: 0, rules: [rule('acc', 'accuracy > 0.8')], reason });
    expect(await getGates(reviewer, { model: 'spam-filter' })).toMatchObject({
      from: 'project',
      revision: 0,
      rules: [{ id: 'acc' }],
    });
    await saveGates(reviewer, { model: 'spam-filter', expectedRevision: 0, rules: [rule('f1', 'f1.spam > 0.9')], reason });
    expect(await gatesOf(db, reviewer, model)).toMatchObject({ from: 'model', rules: [{ id: 'f1' }] });
    await saveGates(reviewer, { model: 'spam-filter', expectedRevision: 1, rules: null, reason: 'Back to the project’s.' });
    expect(await gatesOf(db, reviewer, model)).toMatchObject({ from: 'project' });
    const history = await gateHistory(reviewer, { model: 'spam-filter' });
    expect(history.map((one) => [one.revision, one.rules?.length ?? null, one.by])).toEqual([
      [2, null, reviewer.actor.name],
      [1, 1, reviewer.actor.name],
    ]);
    expect(await db.auditEntry.count({ where: { projectId: project.id, action: 'gates.changed' } })).toBe(3);
  });

  it('aren’t loosened by those who train, nor by programs', async () => {
    const input = { model: 'spam-filter', expectedRevision: 0, rules: [], reason };
    await expect(saveGates(scientist, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const program: ProjectScope = { ...reviewer, actor: { ...reviewer.actor, kind: 'token' } };
    await expect(saveGates(program, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('are saved whole and once: what can’t be read is refused at its place, a second save conflicts', async () => {
    const save = (rules: ReturnType<typeof rule>[], expectedRevision = 0) =>
      saveGates(reviewer, { model: 'spam-filter', expectedRevision, rules, reason });
    await expect(save([rule('a', 'f1.spam >')])).rejects.toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining('at character 10'),
    });
    await expect(save([rule('a', 'f1.spam > 1', { stage: 'nowhere' })])).rejects.toMatchObject({ code: 'INVALID' });
    await expect(save([rule('a', 'f1.spam > 1', { stage: 'archived' })])).rejects.toMatchObject({ code: 'INVALID' });
    await expect(save([rule('a', 'f1.spam > 1'), rule('a', 'accuracy > 1')])).rejects.toMatchObject({ code: 'INVALID' });
    const both = await Promise.allSettled([save([rule('a', 'accuracy > 0.1')]), save([rule('b', 'accuracy > 0.2')])]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT' } });
  });

  it('are judged by stage; advice doesn’t block, a missing figure does', async () => {
    const rules = [rule('acc', 'accuracy > 0.9', { stage: 'production' }), rule('fast', 'latency.p99 < 20', { blocking: false })];
    const { revision } = await saveGates(reviewer, { model: 'spam-filter', expectedRevision: 0, rules, reason });
    const judge = (stage: string) => judgeStageGates(db, reviewer, { model, stage, facts: [fact('accuracy', 0.95)], tables: [] });
    const production = await judge('production');
    expect(production).toMatchObject({
      passed: true,
      gates: [
        { id: 'acc', passed: true, figure: 0.95 },
        { id: 'fast', passed: false, judged: false, missing: ['latency.p99'] },
      ],
    });
    expect((await judge('staging')).gates.map((gate) => gate.id)).toEqual(['fast']);
    await saveGates(reviewer, {
      model: 'spam-filter',
      expectedRevision: revision,
      rules: [rule('fast', 'latency.p99 < 20')],
      reason,
    });
    const after = await judge('production');
    expect(after.passed).toBe(false);
    expect(after.hash).not.toBe(production.hash);
  });

  it('never change in the past', async () => {
    await saveGates(reviewer, { model: 'spam-filter', expectedRevision: 0, rules: [], reason });
    await expect(db.gateSet.updateMany({ where: { projectId: project.id }, data: { reason: 'other' } })).rejects.toThrow();
    await expect(db.gateSet.deleteMany({ where: { projectId: project.id } })).rejects.toThrow();
  });

  it('are tried on versions that were never judged too: they have no facts', async () => {
    await createVersion(model);
    expect(await listPastFacts(scientist, 'spam-filter')).toMatchObject([{ number: 1, source: 'never judged', facts: [] }]);
  });
});
