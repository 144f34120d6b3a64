import { describe, expect, it } from 'vitest';
import { freshId, tryGates, vocabularyOf, whatChanges } from './try-gates.ts';

const rule = (id: string, expression: string, blocking = true) => ({
  id,
  name: id,
  expression,
  blocking,
  stage: null,
  description: '',
});
const past = (number: number, f1: number | null) => ({
  versionId: `v${number}`,
  number,
  stage: 'development',
  source: 'evaluation on test',
  at: null,
  facts: f1 === null ? [] : [{ path: 'f1.spam', estimate: f1, lower: f1 - 0.02, upper: f1 + 0.02, n: 100, unit: null }],
  tables: [{ name: 'slices', rows: [{ column: 'from', value: 'a', n: 60, accuracy: 0.9 }] }],
  words: [],
});
const versions = [past(3, 0.96), past(2, 0.9), past(1, null)];

describe('gates on past versions', () => {
  it('are judged at once, and an edit says what it changes', () => {
    const before = tryGates([rule('f1', 'f1.spam >= 0.94')], versions, 'production');
    expect(before.map((one) => one.passes)).toEqual([true, false, null]);
    const after = tryGates([rule('f1', 'f1.spam.lower >= 0.85')], versions, 'production');
    expect(whatChanges(before, after)).toEqual([{ version: 2, sentence: 'v2 would pass now.', worse: false }]);
    expect(whatChanges(after, before)).toEqual([{ version: 2, sentence: 'v2 would no longer pass: f1.', worse: true }]);
  });

  it('don’t pass while they can’t be read, nor block as advice', () => {
    expect(tryGates([rule('f1', 'f1.spam >')], versions, 'production')[0]?.passes).toBe(false);
    expect(tryGates([rule('f1', 'f1.spam > 1', false)], versions, 'production')[0]?.passes).toBe(true);
  });

  it('have words to complete from what versions showed', () => {
    const { keys, tables } = vocabularyOf(versions);
    expect(keys.map((key) => [key.text, key.note])).toEqual([
      ['f1.spam', '0.960 in v3'],
      ['f1.spam.lower', '0.940'],
    ]);
    expect(tables).toEqual([{ name: 'slices', columns: ['accuracy', 'column', 'value', 'n'] }]);
    expect(freshId([rule('gate-2', 'a > 1')])).toBe('gate-3');
  });
});
