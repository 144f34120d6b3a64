import { describe, expect, it } from 'vitest';
import type { FairnessData } from '#server/features/fairness/fairness.schema.ts';
import { allowedZone, axisOf, representationWords, ruleWords, verdictOf } from './words.ts';

const rule = {
  columns: ['region', 'age'],
  definition: 'demographic_parity_ratio' as const,
  limit: 0.8,
  reason: 'x',
  population: null,
};
const judgement = (keeps: boolean | null) => ({
  rule,
  subject: 'region × age',
  interval: null,
  keeps,
  class: null,
  low: null,
  high: null,
  sentence: '',
});
const data = (keeps: (boolean | null)[]): FairnessData => ({
  task: 'classification',
  n: 1,
  minimum: 30,
  policy: null,
  judgements: keeps.map(judgement),
  columns: [],
  consistency: null,
});

describe('words of fairness', () => {
  it('say first whether the rules are kept', () => {
    expect(verdictOf(data([])).tone).toBe('quiet');
    expect(verdictOf(data([true, true])).sentence).toBe('All 2 rules are kept.');
    expect(verdictOf(data([true, false]))).toEqual({
      tone: 'bad',
      sentence: '1 of 2 rules isn’t kept: Demographic parity, ratio by region × age, at least 0.8.',
    });
    expect(verdictOf(data([null])).sentence).toBe('The rule can’t be judged on these rows.');
    expect(verdictOf(data([true, null])).sentence).toContain('can’t be judged');
  });

  it('name rules, axes and zones', () => {
    expect(ruleWords(rule)).toBe('Demographic parity, ratio by region × age, at least 0.8');
    expect(allowedZone('demographic_parity_ratio', 0.8, [0, 1])).toEqual([0.8, 1]);
    expect(allowedZone('flipped', 0.1, [0, 1])).toEqual([0, 0.1]);
    expect(axisOf('mean_error', 10, 20)).toEqual([0, 22]);
  });

  it('say whether the data is as the population is', () => {
    const own = { n: 100, outside: 3, chiSquare: 9, degrees: 1, groups: [] };
    expect(representationWords({ ...own, p: 0.003, reliable: true })).toBe(
      'The 100 rows aren’t as the stated population is (chi-square test, p = 0.003). 3 rows have another value or none.',
    );
    expect(representationWords({ ...own, p: 0.4, reliable: false })).toContain('as far as they can show');
  });
});
