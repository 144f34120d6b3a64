import { expect, it } from 'vitest';
import { answerSubjects, inputSubjects, referenceOf } from './subjects.ts';
import { windowEnd, windowStart } from './windows.ts';

it('watches texts by their figures, numbers and categories as they are', () => {
  const subjects = inputSubjects(
    [
      { name: 'body', kind: 'text' },
      { name: 'age', kind: 'number' },
      { name: 'island', kind: 'category' },
    ],
    { body: ['Hello', null], age: [3, '4'], island: ['Dream', null] },
  );
  expect(subjects.map((subject) => subject.key)).toEqual([
    'body.length',
    'body.links',
    'body.capitals',
    'body.digits',
    'age',
    'island',
  ]);
  expect(subjects[0]?.values).toEqual([5, null]);
  expect(subjects[4]?.values).toEqual([3, 4]);
  const reference = referenceOf(subjects);
  expect(reference.every(({ counts }) => counts.reduce((a, b) => a + b, 0) === 2)).toBe(true);
});

it('watches the answers and how sure they were', () => {
  const [answer, confidence] = referenceOf(answerSubjects(['spam', 'ham', 'ham', null], [0.9, 0.8, 0.7, null]));
  expect(answer).toMatchObject({ bins: { kind: 'category', values: ['ham', 'spam'] }, counts: [2, 1, 0, 1] });
  expect(confidence?.counts.at(-1)).toBe(1);
});

it('cuts time at midnight and on Mondays', () => {
  const time = new Date('2002-10-10T13:20:00Z');
  expect(windowStart(time, 'day').toISOString()).toBe('2002-10-10T00:00:00.000Z');
  expect(windowStart(time, 'week').toISOString()).toBe('2002-10-07T00:00:00.000Z');
  expect(windowEnd(windowStart(time, 'week'), 'week').toISOString()).toBe('2002-10-14T00:00:00.000Z');
});
