import { expect, test } from 'vitest';
import { guessKind, settleGuesses } from './guess-kind.ts';

const facts = { name: 'x', filled: 100, distinct: 100, numbers: 0, integers: 0, times: 0, averageLength: 10, withSpaces: 0 };

test.each([
  [{ name: 'label', distinct: 2 }, 'label'],
  [{ name: 'mail_id' }, 'key'],
  [{ name: 'id', numbers: 100, integers: 100 }, 'key'],
  [{ name: 'mass', numbers: 100 }, 'number'],
  [{ name: 'mass', numbers: 97 }, 'number'],
  [{ name: 'date', times: 100 }, 'time'],
  [{ name: 'domain', distinct: 12 }, 'category'],
  [{ name: 'subject', averageLength: 60, withSpaces: 90 }, 'text'],
  [{ name: 'subject' }, 'text'],
  [{ name: 'nothing', filled: 0, distinct: 0 }, 'ignore'],
])('%j is a %s', (some, kind) => {
  expect(guessKind({ ...facts, ...some }).kind).toBe(kind);
});

test('there is one key and one label', () => {
  const guess = (kind: 'key' | 'label') => ({ kind, why: '' });
  expect(settleGuesses([guess('key'), guess('label'), guess('key'), guess('label')]).map((one) => one.kind)).toEqual([
    'key',
    'label',
    'text',
    'category',
  ]);
});
