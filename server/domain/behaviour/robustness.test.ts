import { describe, expect, it } from 'vitest';
import { judgeAttack, planAttacks, robustnessFacts } from './robustness.ts';
import { robustnessSettingsSchema } from './section.schema.ts';

const FIELDS = [
  { name: 'body', kind: 'text' as const },
  { name: 'from', kind: 'category' as const },
  { name: 'links', kind: 'number' as const },
];
const COLUMNS = { body: ['win money', 'see you', null], from: ['a', 'b', 'a'], links: [1, null, 3] };
const plan = planAttacks(COLUMNS, 3, {
  fields: FIELDS,
  ranges: new Map([['links', { min: 0, max: 10 }]]),
  settings: robustnessSettingsSchema.parse({}),
  seed: 1,
});
const attack = (id: string, field: string | null = null) => {
  const found = plan.find((one) => one.id === id && one.field === field);
  if (!found) throw new Error(`no attack ${id}`);
  return found;
};

describe('attacks', () => {
  it('are typing errors, case, look-alikes, and for each field what training never showed', () => {
    expect(plan.map(({ id, field }) => (field === null ? id : `${id}.${field}`))).toEqual([
      'typos_2',
      'typos_5',
      'typos_10',
      'case_upper',
      'case_mixed',
      'unicode',
      'missing.body',
      'empty.body',
      'long.body',
      'missing.from',
      'unseen.from',
      'missing.links',
      'above.links',
      'below.links',
    ]);
  });

  it('hold only rows that they change, and leave the other fields alone', () => {
    expect(attack('missing', 'body')).toMatchObject({
      rows: [0, 1],
      columns: { body: [null, null], from: ['a', 'b'], links: [1, null] },
    });
    expect(attack('above', 'links').columns.links).toEqual([20, 20, 20]);
    expect(attack('below', 'links').columns.links).toEqual([-10, -10, -10]);
    expect(attack('long', 'body').columns.body?.every((text) => String(text).length === 20_000)).toBe(true);
  });
});

describe('how answers stand an attack', () => {
  const clean = {
    answers: { labels: ['spam', 'ham', 'ham'], scores: new Float32Array(0) },
    truth: ['spam', 'ham', 'spam'],
    rowIds: [7, 8, 9],
    tolerance: null,
  };

  it('counts flips, right answers and crashes; a crash is a flip and not right', () => {
    const row = judgeAttack(
      attack('unseen', 'from'),
      { labels: ['ham', 'ham', ''], scores: new Float32Array(0) },
      new Map([[2, 'no such value']]),
      clean,
    );
    expect(row).toMatchObject({ n: 3, flips: 2, crashes: 1, accuracy: { estimate: 1 / 3 } });
    expect(row.examples).toEqual([
      { row: 7, before: 'spam', after: 'ham' },
      { row: 9, before: 'ham', after: 'no answer' },
    ]);
    // Wilson (1927) for 2 of 3, 95 %: scipy 1.17.1 binomtest(2, 3).proportion_ci(method='wilson') = (0.2077, 0.9385).
    expect(row.flipRate?.lower).toBeCloseTo(0.2077, 3);
    expect(row.flipRate?.upper).toBeCloseTo(0.9385, 3);
    expect(robustnessFacts([row]).map((fact) => fact.path)).toEqual([
      'robustness.unseen.from.flip_rate',
      'robustness.unseen.from.accuracy',
      'robustness.crashes',
    ]);
  });

  it('figures flip when they move by more than the tolerance', () => {
    const figures = {
      answers: { labels: [], scores: new Float32Array(0), values: Float64Array.of(10, 20, 30) },
      truth: null,
      rowIds: [0, 1, 2],
      tolerance: 1,
    };
    const row = judgeAttack(
      attack('above', 'links'),
      { labels: [], scores: new Float32Array(0), values: Float64Array.of(10.5, 25, Number.NaN) },
      new Map(),
      figures,
    );
    expect(row).toMatchObject({ flips: 2, accuracy: null });
  });
});
