import { describe, expect, it } from 'vitest';
import { readFilters, toSearch, writeFilters } from './filters.ts';

describe('filters of the predictions', () => {
  it('come out of the address as they went in', () => {
    const text = writeFilters('', { deployment: 'spam-filter', version: '2', result: 'wrong' });
    expect(readFilters(text)).toEqual({ deployment: 'spam-filter', version: '2', result: 'wrong' });
    expect(writeFilters(text, { version: '' })).toBe('deployment=spam-filter&result=wrong');
    expect(readFilters('other=1&label=')).toEqual({});
  });

  it('reach the server in its form, and what makes no sense is left out', () => {
    expect(
      toSearch({ version: '2', arm: 'canary', result: 'wrong', clock: 'event', from: '2002-09-01', to: '2002-09-01' }),
    ).toEqual({
      clock: 'event',
      version: 2,
      arm: 'canary',
      result: 'wrong',
      from: new Date(2002, 8, 1),
      to: new Date(2002, 8, 2),
    });
    expect(toSearch({ version: 'two', arm: 'third', result: 'maybe', from: 'soon' })).toEqual({ clock: 'arrival' });
  });
});
