import { describe, expect, it } from 'vitest';
import { isUrlName, runName, toUrlName } from './names.ts';

describe('names', () => {
  it.each(['spam-filter', 'a', 'v1.2', '2002_mail'])('accepts %s', (name) => {
    expect(isUrlName(name)).toBe(true);
  });
  it.each(['', '-a', 'a-', 'Spam', 'a b', 'a/b', '..', 'ä', 'x'.repeat(65)])('refuses %j', (name) => {
    expect(isUrlName(name)).toBe(false);
  });
  it.each([
    ['Größe & Läufe', 'gro-e-laufe'],
    ['  my CSV (2).csv ', 'my-csv-2-.csv'],
    ['会议', 'unnamed'],
    ['-'.repeat(80), 'unnamed'],
  ])('turns %j into %s', (text, name) => {
    expect(toUrlName(text)).toBe(name);
    expect(isUrlName(name)).toBe(true);
  });
  it('names runs by their seed, with few repetitions', () => {
    expect(runName(7)).toBe(runName(7));
    const names = Array.from({ length: 200 }, (_, seed) => runName(seed));
    for (const name of names) expect(isUrlName(name)).toBe(true);
    expect(new Set(names).size).toBeGreaterThan(180);
  });
});
