import { expect, test } from 'vitest';
import { matchesRun } from './filter.ts';

const RUN = {
  name: 'quiet-lantern',
  status: 'finished',
  params: { ngramMax: '2', classWeight: 'balanced' },
  metrics: { 'test.f1': 0.967 },
  launch: { name: 'launch-1' },
  dataset: { name: 'mail', number: 3 },
};

test.each([
  ['', true],
  ['LANTERN', true],
  ['quiet balanced', true],
  ['quiet none', false],
  ['finished', true],
  ['launch=launch-1', true],
  ['ngrammax=2', true],
  ['ngramMax=2.0', true],
  ['test.f1>0.96', true],
  ['test.f1<0.96', false],
  ['test.f1>=0.967', true],
  ['status!=failed', true],
  ['status=failed', false],
  ['unknown>1', false],
  ['unknown!=1', true],
])('%s: %s', (filter, expected) => {
  expect(matchesRun(RUN, filter)).toBe(expected);
});
