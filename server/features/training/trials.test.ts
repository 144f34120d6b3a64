import { describe, expect, test } from 'vitest';
import type { Feature, Space } from './training.schema.ts';
import { paramsOf, trialOf, trialsOf } from './trials.ts';

const SPACE: Space = { ngramMax: [1, 2], vocabularySize: [100, 200], l2: [0.1, 1], classWeight: ['none', 'balanced'] };
const TEXT: Feature[] = [{ name: 'body', kind: 'text' }];
const NUMBER: Feature[] = [{ name: 'size', kind: 'number' }];

describe('trials', () => {
  test('are every combination of the values, each once', () => {
    const trials = trialsOf(SPACE, { features: TEXT, epochs: 50 });
    expect(trials).toHaveLength(16);
    expect(new Set(trials.map((trial) => JSON.stringify(trial))).size).toBe(16);
    expect(trials[1]).toEqual({ ngramMax: 1, vocabularySize: 100, l2: 0.1, classWeight: 'balanced', epochs: 50 });
  });

  test('do not vary what has no effect without a text', () => {
    expect(trialsOf(SPACE, { features: NUMBER, epochs: 50 })).toHaveLength(4);
    expect(paramsOf(trialsOf(SPACE, { features: NUMBER, epochs: 50 })[0] ?? never(), NUMBER)).not.toHaveProperty('ngramMax');
  });

  test('come back from the parameters of their run', () => {
    for (const trial of trialsOf(SPACE, { features: TEXT, epochs: 50 })) {
      const params = Object.entries(paramsOf(trial, TEXT)).map(([key, value]) => ({ key, value }));
      expect(trialOf(params)).toEqual(trial);
    }
  });
});

function never(): never {
  throw new Error('There is no trial.');
}
