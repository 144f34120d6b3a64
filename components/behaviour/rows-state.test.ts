import { describe, expect, it } from 'vitest';
import { readRowsState, verdictOf, writeRowsState } from './rows-state.ts';

describe('the address of the rows', () => {
  it('is read, and what makes no sense is left out', () => {
    expect(
      readRowsState('candidate=4&incumbent=3&show=worse&column=from&value=a%20b&from=0.9&q=prize&row=0&sort=change'),
    ).toEqual({
      candidate: 4,
      incumbent: 3,
      on: undefined,
      filter: { show: 'worse', column: 'from', value: 'a b', from: 0.9, text: 'prize' },
      sort: 'change',
      row: 0,
    });
    expect(readRowsState('candidate=x&show=eggs&to=7&row=-1')).toMatchObject({
      candidate: null,
      filter: { show: 'changed' },
      row: null,
      sort: 'row',
    });
    expect(readRowsState('candidate=4').filter.show).toBe('candidate_wrong');
  });

  it('is written a parameter at a time', () => {
    expect(writeRowsState('candidate=4&row=7', { row: null, tag: 'look', from: 0 })).toBe('candidate=4&tag=look&from=0');
  });
});

it('a difference is better, worse, or another mistake', () => {
  const row = (truth: string, said: string, before: string | null) => ({
    truth,
    candidate: { label: said },
    incumbent: before === null ? null : { label: before },
  });
  expect(
    [row('a', 'a', 'b'), row('a', 'b', 'a'), row('a', 'b', 'c'), row('a', 'b', 'b'), row('a', 'b', null), row('a', 'a', 'a')].map(
      verdictOf,
    ),
  ).toEqual(['better', 'worse', 'other', 'both wrong', 'wrong', 'right']);
});
