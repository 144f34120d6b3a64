import { expect, it } from 'vitest';
import { usualStages } from '#server/domain/stages.fixture.ts';
import { draftOf, moved, nameFrom, problemsOfDraft, withNew } from './stage-draft.ts';

const view = {
  revision: 'r',
  stages: usualStages().map((stage) => ({ ...stage, versions: 0, requests: 0, remove: { ok: true as const } })),
  may: { write: { ok: true as const } },
};

it('edits a list of stages', () => {
  const draft = draftOf(view);
  expect(problemsOfDraft(draft)).toEqual([]);
  expect(moved(draft, 2, -1).map((stage) => stage.name)).toEqual(['development', 'production', 'staging', 'archived']);
  const added = withNew(draft);
  expect(added.map((stage) => stage.known === null)).toEqual([false, false, false, true, false]);
  expect(problemsOfDraft(added)).toEqual(['A stage: A stage needs a name.']);
  expect(problemsOfDraft(moved(draft, 3, -1))).toEqual(['The stage where versions end comes last.']);
  expect(nameFrom(' Pre-production, EU! ')).toBe('pre-production-eu');
});
