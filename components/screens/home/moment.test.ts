import { expect, it } from 'vitest';
import { momentWords } from './moment.ts';

it('tells a moment by its nearness, in the reader\u2019s zone', () => {
  const now = new Date('2002-10-10T12:00:00Z');
  const words = (at: string, zone = 'UTC') => momentWords(new Date(at), now, zone);
  expect(words('2002-10-10T09:20:00Z')).toBe('Today 09:20');
  expect(words('2002-10-09T23:20:00Z', 'Europe/Berlin')).toBe('Today 01:20');
  expect(words('2002-10-09T14:48:00Z')).toBe('Wed 14:48');
  expect(words('2002-09-09T14:48:00Z')).toBe('9 Sep');
  expect(words('2001-10-09T14:48:00Z')).toBe('9 Oct 2001');
});
