import { describe, expect, it } from 'vitest';
import { parseExpression } from './expression.ts';
import { evaluateGate } from './gate.ts';

const fact = (path: string, estimate: number | null, ends: { lower?: number; upper?: number; n?: number } = {}) => ({
  path,
  estimate,
  lower: ends.lower ?? null,
  upper: ends.upper ?? null,
  n: ends.n ?? null,
  unit: null,
});

const given = {
  facts: [
    fact('f1.spam', 0.967, { lower: 0.953, upper: 0.979, n: 1090 }),
    fact('f1."very bad"', 0.5),
    fact('accuracy', 0.97),
    fact('auc.spam', null),
    fact('size.bytes', 1_250_000),
  ],
  tables: [
    {
      name: 'slices',
      rows: [
        { column: 'from', value: 'a', n: 117, accuracy: 0.911 },
        { column: 'from', value: 'b', n: 60, accuracy: 0.99 },
        { column: 'from', value: 'c', n: 8, accuracy: 0.2 },
        { column: 'from', value: 'd', n: 90, accuracy: null },
      ],
    },
  ],
};

function judge(text: string) {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return evaluateGate(parsed.ast, given);
}

describe('a gate', () => {
  it('judges figures, ends of intervals and rows of tables', () => {
    expect(judge('f1.spam.lower >= 0.94 and slices.min(accuracy, n >= 50) >= 0.85').value).toBe(true);
    expect(judge('0.96 <= f1.spam')).toMatchObject({
      value: true,
      sentence: 'f1.spam is 0.967 (95 % interval 0.953 to 0.979); at least 0.960 is asked for.',
      shown: { estimate: 0.967, lower: 0.953, upper: 0.979, n: 1090, threshold: 0.96 },
    });
    expect(judge('f1.spam.lower > 0.96')).toMatchObject({
      value: false,
      sentence:
        'The lower end of f1.spam is 0.953 (f1.spam is 0.967 (95 % interval 0.953 to 0.979)); more than 0.960 is asked for.',
    });
    expect(judge('f1.`very bad` = 0.5').value).toBe(true);
    expect(judge('slices.min(accuracy, n >= 50) >= 0.95')).toMatchObject({
      value: false,
      sentence: 'The lowest accuracy of 3 slices with n >= 50 is 0.911, of from a (117 rows); at least 0.950 is asked for.',
      shown: { estimate: 0.911, n: 117, threshold: 0.95 },
    });
    expect(judge("slices.count(value in ('a', 'b')) = 2").value).toBe(true);
    expect(judge("slices.mean(accuracy, value like '_' and n > 50) > 0.95").value).toBe(true);
  });

  it('takes rows that aren’t there as nothing to judge', () => {
    expect(judge('slices.min(accuracy, n >= 500) >= 0.85')).toMatchObject({
      value: true,
      sentence: 'No row of slices with n >= 500 is there, so there is none to judge.',
    });
    expect(judge('slices.mean(accuracy, n >= 500) >= 0.85').value).toBeNull();
    expect(judge('slices.all(accuracy > 0.9, n >= 60)').value).toBeNull();
    expect(judge('slices.all(accuracy > 0.9, n < 10)')).toMatchObject({
      value: false,
      sentence: "accuracy > 0.9 doesn't hold in 1 of 1 slices: from c.",
    });
  });

  it('can’t be judged where a figure is missing, and says which; never as passed', () => {
    expect(judge('latency.p99 < 20')).toMatchObject({
      value: null,
      missing: ['latency.p99'],
      sentence: "The evidence has no latency.p99, so this can't be judged.",
    });
    expect(judge('auc.spam > 0.5')).toMatchObject({ value: null, missing: ['auc.spam'] });
    expect(judge('groups.max(n) > 1')).toMatchObject({ value: null, missing: ['groups'] });
    expect(judge('not latency.p99 < 20').value).toBeNull();
    expect(judge('latency.p99 < 20 or accuracy > 0.9')).toMatchObject({ value: true, missing: [] });
    expect(judge('latency.p99 < 20 and accuracy > 0.99')).toMatchObject({ value: false, missing: [] });
    expect(judge('latency.p99 < 20 and accuracy > 0.9').missing).toEqual(['latency.p99']);
    expect(judge("accuracy > 'x'").value).toBeNull();
    expect(judge('auc.spam is null and latency.p99 is null and accuracy is not null').value).toBe(true);
  });
});
