import { describe, expect, it } from 'vitest';
import { completions } from './completion.ts';

const vocabulary = {
  keys: [
    { text: 'f1.spam', note: '0.967', kind: 'number' as const },
    { text: 'f1.ham', kind: 'number' as const },
    { text: 'latency.p99', kind: 'number' as const },
    { text: 'stage', kind: 'text' as const, values: ['staging', 'production'] },
  ],
  tables: [{ name: 'slices', columns: ['accuracy', 'n', 'very bad'] }],
};

/** The bar stands for the cursor. */
function at(text: string) {
  const cursor = text.indexOf('|');
  const found = completions(text.replace('|', ''), cursor, vocabulary);
  return { ...found, items: found.items.map((item) => item.text) };
}

describe('completion', () => {
  it('offers keys where a condition begins, those that begin so first', () => {
    expect(at('|').items.slice(0, 4)).toEqual(['f1.spam', 'f1.ham', 'latency.p99', 'stage']);
    expect(at('f1|')).toMatchObject({ from: 0, to: 2, items: ['f1.spam', 'f1.ham'] });
    expect(at('accuracy > 1 and p99|')).toMatchObject({ from: 17, items: ['latency.p99'] });
    expect(at('sli|').items).toContain('slices.min(accuracy)');
  });

  it('offers comparisons after a key, values after a comparison, and words that join', () => {
    expect(at('f1.spam |').items).toContain('>=');
    expect(at('stage |').items[0]).toBe('=');
    expect(at('stage = |').items).toEqual(["'staging'", "'production'"]);
    expect(at("stage = 'pro|")).toMatchObject({ from: 8, items: ["'production'"] });
    expect(at("stage in ('staging', |").items).toEqual(["'staging'", "'production'"]);
    expect(at('f1.spam > 0.9 |').items).toEqual(['and', 'or']);
    expect(at('stage is |').items).toEqual(['null', 'not null']);
  });

  it('offers columns inside functions', () => {
    expect(at('slices.min(|').items).toEqual(['accuracy', 'n', '`very bad`']);
    expect(at('slices.min(accuracy, |').items).toEqual(['accuracy', 'n', '`very bad`']);
    expect(at('slices.min(accuracy) |').items).toContain('>=');
  });
});
