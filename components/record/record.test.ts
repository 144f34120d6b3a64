import { expect, test } from 'vitest';
import type { Standing } from '#server/features/record/record.schema.ts';
import { lanesOf, shareOf } from './lanes.ts';
import { evidenceOf, thenAndNow, wordOf } from './then-now.ts';

const day = (n: number) => new Date(Date.UTC(2026, 0, n));

function standing(version: number, over: Partial<Standing> = {}): Standing {
  return {
    model: 'spam-filter',
    versionId: `v${version}`,
    version,
    stage: 'production',
    since: day(1),
    until: null,
    by: 'Stagecraft',
    reason: '',
    ground: null,
    ...over,
  };
}

test('then against now: stayed, replaced, gone and new', () => {
  const then = [standing(1), standing(2, { stage: 'staging' }), standing(9, { model: 'old' })];
  const now = [standing(3), standing(2, { stage: 'staging' }), standing(1, { model: 'fresh' })];
  expect(
    thenAndNow(then, now).map((line) => [line.model, line.stage, line.before?.version, line.after?.version, line.change]),
  ).toEqual([
    ['spam-filter', 'production', 1, 3, 'replaced'],
    ['spam-filter', 'staging', 2, 2, 'same'],
    ['old', 'production', 9, undefined, 'gone'],
    ['fresh', 'production', undefined, 1, 'new'],
  ]);
  expect(thenAndNow([], [])).toEqual([]);
});

test('on whose word, and on what', () => {
  const word = (by: string, verdict = 'approve', instead: string | null = null) => ({
    by,
    verdict,
    instead,
    reason: '',
    at: day(1),
  });
  const ground = {
    requestId: 'r',
    status: 'completed',
    askedBy: 'Sam',
    askedAt: day(1),
    reason: '',
    emergency: null,
    words: [word('Ada', 'changes'), word('Rita'), word('Ben', 'approve', 'Cleo')],
    evidence: { hash: null, preparedAt: null, dataset: 'mail', number: 3, split: 'test', rows: 1090, gates: 4, passed: 3 },
  };
  expect(wordOf(standing(1, { ground }))).toBe('Rita and Ben for Cleo');
  expect(wordOf(standing(1, { ground: { ...ground, words: [word('A'), word('B'), word('C')] } }))).toBe('A and 2 others');
  expect(wordOf(standing(1, { ground: { ...ground, words: [], emergency: 'fire' } }))).toBe('Sam, in an emergency');
  expect(wordOf(standing(1))).toBe('Stagecraft');
  expect(evidenceOf(standing(1, { ground }))).toBe('3 of 4 gates on mail v3');
  expect(evidenceOf(standing(1))).toBeNull();
});

test('changes become stretches; a version that leaves ends its own', () => {
  const change = (n: number, version: number, to: string) => ({ at: day(n), model: 'm', version, from: '', to });
  const lanes = lanesOf(
    [change(1, 1, 'staging'), change(2, 1, 'production'), change(5, 1, 'archived'), change(5, 2, 'production')],
    (stage) => stage !== 'archived',
  );
  expect(lanes).toEqual([
    {
      model: 'm',
      stretches: [
        { version: 1, stage: 'staging', from: day(1), to: day(2) },
        { version: 1, stage: 'production', from: day(2), to: day(5) },
        { version: 2, stage: 'production', from: day(5), to: null },
      ],
    },
  ]);
  expect([shareOf(day(3), day(1), day(5)), shareOf(day(9), day(1), day(5)), shareOf(day(1), day(1), day(1))]).toEqual([
    0.5, 1, 1,
  ]);
});
