import { expect, test } from 'vitest';
import { EMPTY_BRIEF } from '#server/domain/brief.schema.ts';
import { callerFor } from '#server/testing/caller.ts';
import { createMember, createProject } from '#server/testing/factories.ts';

const purpose = (text: string) => ({ ...EMPTY_BRIEF, purpose: text });

test('a brief is kept revision by revision, and never overwritten unseen', async () => {
  const project = await createProject();
  const at = { project: project.name };
  const sam = callerFor(await createMember(project, 'scientist'));
  const rita = callerFor(await createMember(project, 'reviewer'));
  expect(await rita.projects.brief.get(at)).toMatchObject({ number: 0, brief: EMPTY_BRIEF });
  await expect(rita.projects.brief.save({ ...at, brief: purpose('x'), number: 0 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await sam.projects.brief.save({ ...at, brief: purpose('Sort mail.'), number: 0 });
  await expect(sam.projects.brief.save({ ...at, brief: purpose('Late.'), number: 0 })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  const held = { ...purpose('Sort mail.'), firstMetric: 'f1.spam', heldMetrics: [{ metric: 'recall.ham', tolerance: 0.01 }] };
  expect(await sam.projects.brief.save({ ...at, brief: held, number: 1, reason: 'agreed' })).toEqual({ number: 2 });
  expect(await sam.projects.brief.save({ ...at, brief: held, number: 2 })).toEqual({ number: 2 });
  const { revisions } = await rita.projects.brief.history(at);
  expect(revisions.map(({ number, changed, reason }) => ({ number, changed, reason }))).toEqual([
    { number: 2, changed: ['first metric', 'metrics that may not fall'], reason: 'agreed' },
    { number: 1, changed: ['purpose'], reason: null },
  ]);
  expect((await rita.projects.brief.revision({ ...at, number: 1 })).brief.purpose).toBe('Sort mail.');
});

test('two who save at once: one is kept, the other is told', async () => {
  const project = await createProject();
  const sam = callerFor(await createMember(project, 'scientist'));
  const saved = await Promise.allSettled(
    ['a', 'b'].map((text) => sam.projects.brief.save({ project: project.name, brief: purpose(text), number: 0 })),
  );
  expect(saved.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
});
