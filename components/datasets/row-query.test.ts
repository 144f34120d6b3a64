import { expect, test } from 'vitest';
import { parseRowQuery, withCondition, writeRowQuery } from './row-query.ts';

const columns = [
  { name: 'received_at', kind: 'time' },
  { name: 'subject', kind: 'text' },
  { name: 'Body Mass (g)', kind: 'number' },
  { name: 'label', kind: 'label' },
];

test('each form of a clause, joined by and', () => {
  const line =
    'received_at in 2002-09-03 .. 2002-09-26 and subject ~ "free \\"money\\"" and "Body Mass (g)" >= 3.5 and Label = spam and subject is missing and length(subject) in 10 .. 20';
  const parsed = parseRowQuery(line, columns);
  expect(parsed.problem).toBeNull();
  expect(parsed.conditions).toEqual([
    { op: 'range', column: 'received_at', of: 'value', from: '2002-09-03', to: '2002-09-26' },
    { op: 'contains', column: 'subject', value: 'free "money"' },
    { op: 'range', column: 'Body Mass (g)', of: 'value', from: '3.5' },
    { op: 'is', column: 'label', value: 'spam' },
    { op: 'missing', column: 'subject' },
    { op: 'range', column: 'subject', of: 'length', from: '10', to: '20' },
  ]);
  expect(parseRowQuery(writeRowQuery(parsed.conditions), columns).conditions).toEqual(parsed.conditions);
  expect(parsed.tokens.map((token) => token.text).join('')).toBe(line);
});

test.each([
  ['nosuch = 1', 0, 6, 'There is no column nosuch.'],
  ['label', 5, 6, 'The line ends where an operator'],
  ['label > 3', 6, 7, '> is no operator.'],
  ['label = spam or', 13, 15, 'Here the word and was expected'],
  ['received_at in 3', 16, 17, 'The line ends where ..'],
])('%j is wrong at %i', (line, from, to, message) => {
  const { problem, conditions } = parseRowQuery(line, columns);
  expect(problem).toMatchObject({ from, to });
  expect(problem?.message).toContain(message);
  expect(conditions).toEqual([]);
});

test('a click on a bar replaces what was said about its column', () => {
  const { conditions } = parseRowQuery('label = ham and subject ~ x', columns);
  expect(withCondition(conditions, { op: 'is', column: 'label', value: 'not spam' })).toBe('subject ~ x and label = "not spam"');
});

test('an empty line has no conditions', () => {
  expect(parseRowQuery('  ', columns)).toMatchObject({ conditions: [], problem: null });
});
