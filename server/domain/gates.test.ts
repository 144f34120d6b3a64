import { describe, expect, it } from 'vitest';
import { comparePaired } from './compare.ts';
import { evaluate } from './evaluate.ts';
import { factsOfEvaluation, mergeFacts } from './gate-facts.ts';
import { gatesFor, gatesHash, judgeGates, nothingBlocks, usualGates } from './gates.ts';
import { createRandom } from './random.ts';

/** Rows with labels ham or spam, of which a share is answered rightly, by seed. */
function scored(n: number, o: { share: number; seed: number; spam?: number }) {
  const random = createRandom(o.seed);
  const labels = createRandom('labels');
  const truth = Array.from({ length: n }, () => (labels.next() < (o.spam ?? 0.3) ? 'spam' : 'ham'));
  const predicted = truth.map((own) => (random.next() < o.share ? own : own === 'spam' ? 'ham' : 'spam'));
  const probabilities = predicted.flatMap((own) => (own === 'spam' ? [0.1, 0.9] : [0.9, 0.1]));
  return { truth, predicted, probabilities, classes: ['ham', 'spam'] };
}
type Rows = ReturnType<typeof scored>;

const rules = usualGates('spam');
const unseen = { rows: 0, sentence: 'v2 learned from none of these rows.' };
const good = scored(800, { share: 0.99, seed: 5 });
const poor = scored(800, { share: 0.9, seed: 6 });
const facts = (rows: Rows, before: Rows | null = null, overlap = unseen) =>
  factsOfEvaluation({
    candidate: evaluate(rows, { slices: [] }),
    incumbent: before && {
      name: 'v1',
      comparison: comparePaired({ truth: before.truth, baseline: before.predicted, candidate: rows.predicted }),
    },
    overlap,
  });

describe('the usual gates', () => {
  it('pass a good version, with words where nothing is there yet', () => {
    const gates = judgeGates(rules, facts(good));
    expect(nothingBlocks(gates)).toBe(true);
    expect(gates.map((gate) => gate.id)).toEqual(['f1', 'slices', 'incumbent', 'unseen']);
    expect(gates[0]).toMatchObject({ threshold: 0.94, lower: expect.any(Number), n: 800 });
    expect(gates[1]?.sentence).toContain('so there is none to judge');
    expect(gates[2]).toMatchObject({
      sentence: 'Nothing is in that stage yet, so there is nothing to be worse than.',
      figure: null,
    });
    expect(gates[3]).toMatchObject({ figure: 0, sentence: 'v2 learned from none of these rows.' });
  });

  it('fail on F1, and on being worse than what is there', () => {
    const gates = judgeGates(rules, facts(poor, good));
    expect(gates.map((gate) => gate.passed)).toEqual([false, true, false, true]);
    expect(gates[2]?.lower).toBeLessThan(-0.03);
    expect(gates[2]?.sentence).toContain('v1 is in that stage.');
  });

  it('fail on rows that were learned from, and can’t compare on them', () => {
    const given = factsOfEvaluation({
      candidate: evaluate(good, { slices: [] }),
      incumbent: { name: 'v1', comparison: null },
      overlap: { rows: 12, sentence: 'v1 learned from 12 of these rows.' },
    });
    const gates = judgeGates(rules, given);
    expect(gates.map((gate) => gate.passed)).toEqual([true, true, false, false]);
    expect(gates[2]).toMatchObject({ judged: false, missing: ['difference.f1.spam.lower'] });
    expect(gates[3]?.sentence).toContain('12 of these rows');
  });

  it('fail on one bad slice, and name it', () => {
    const data = scored(400, { share: 1, seed: 7 });
    const values = data.truth.map((_, row) => (row < 60 ? 'bad.org' : 'good.org'));
    const predicted = data.predicted.map((own, row) => (row < 20 ? (own === 'ham' ? 'spam' : 'ham') : own));
    const candidate = evaluate({ ...data, predicted }, { slices: [{ kind: 'category', column: 'from_domain', values }] });
    const [, gate] = judgeGates(rules, factsOfEvaluation({ candidate, incumbent: null, overlap: unseen }));
    expect(gate).toMatchObject({ passed: false, n: 60, figure: 40 / 60, lower: expect.any(Number) });
    expect(gate?.sentence).toContain('from_domain bad.org (60 rows)');
  });

  it('can’t be judged when there is no F1, which blocks', () => {
    const onlyHam = scored(100, { share: 1, seed: 8, spam: 0 });
    const gates = judgeGates(rules, facts(onlyHam, onlyHam));
    expect(gates[0]).toMatchObject({ passed: false, judged: false, missing: ['f1.spam'] });
    expect(nothingBlocks(gates)).toBe(false);
  });
});

describe('gates', () => {
  it('guard the stages that they name, or every one', () => {
    const [first, ...rest] = rules;
    if (!first) throw new Error('There are four.');
    expect(gatesFor([{ ...first, stage: 'production' }, ...rest], 'staging')).toHaveLength(3);
  });

  it('have a hash of what they ask, not of their names', () => {
    const renamed = rules.map((rule) => ({ ...rule, name: 'x', description: 'y' }));
    expect(gatesHash(renamed)).toBe(gatesHash(rules));
    expect(gatesHash(rules.map((rule) => ({ ...rule, blocking: false })))).not.toBe(gatesHash(rules));
    expect(gatesHash(rules.slice(1))).not.toBe(gatesHash(rules));
  });

  it('take the later of two sources of the same figure', () => {
    const fact = (estimate: number) => ({ path: 'accuracy', estimate, lower: null, upper: null, n: null, unit: null });
    const merged = mergeFacts({ facts: [fact(0.1)], tables: [] }, { facts: [fact(0.9)], tables: [] });
    expect(merged.facts).toEqual([fact(0.9)]);
  });
});
