import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { parseChanges } from './changes.ts';
import { judgeTests } from './judge.ts';
import { parseExpectation } from './notation.ts';
import { changeCase, exchange, lookAlikes, punctuation, typos, whitespace } from './perturb.ts';
import { planTests } from './plan.ts';
import { scoreSafely } from './score-safely.ts';
import { behaviourFacts, behaviourTable, summarize } from './summary.ts';
import { type Answers, type RunnableTest, type TestedModel, testTextSchema } from './test.schema.ts';

const MODEL: TestedModel = {
  fields: [
    { name: 'body', kind: 'text' },
    { name: 'from', kind: 'category' },
    { name: 'links', kind: 'number' },
  ],
  classes: ['ham', 'spam'],
};
const CLASSES = ['ham', 'spam', 'very bad'];

const row = (id: string, value: Partial<RunnableTest>): RunnableTest => ({
  ...testTextSchema.parse({ kind: 'minimum', input: { body: 'win money now' }, ...value }),
  id,
});

/** P(spam) = 0.4 for each of "win" and "money" in small letters, 0.1 for each link; spam from 0.5 on. */
function answer(columns: Readonly<Record<string, readonly unknown[]>>, n: number): Answers {
  const p = Array.from({ length: n }, (_, at) => {
    const body = String(columns.body?.[at] ?? '');
    if (body.includes('poison')) throw new Error('a node of the graph failed');
    const sum =
      0.4 * Number(/\bwin\b/.test(body)) + 0.4 * Number(/\bmoney\b/.test(body)) + 0.1 * Number(columns.links?.[at] ?? 0);
    return Math.min(0.99, sum);
  });
  return {
    labels: p.map((share) => (share >= 0.5 ? 'spam' : 'ham')),
    scores: Float32Array.from(p.flatMap((share) => [1 - share, share])),
  };
}

function run(tests: RunnableTest[]) {
  const plan = planTests(tests, MODEL, 1);
  return judgeTests(plan, answer(plan.columns, plan.n), MODEL);
}

describe('changes of a text', () => {
  const text = 'Please call Anna before 5 o’clock, it matters.';

  it('typing errors: as many letters as asked for, the same for the same seed, other for another', () => {
    const long = 'the quick brown fox jumps over the lazy dog '.repeat(20);
    const changed = typos(long, 0.05, createRandom(7));
    expect(changed).toBe(typos(long, 0.05, createRandom(7)));
    expect(changed).not.toBe(typos(long, 0.05, createRandom(8)));
    expect(Math.abs(changed.length - long.length)).toBeLessThan(35);
    expect(changed.replace(/[^\d.]/g, '')).toBe('');
    expect(typos('a', 0.5, createRandom(1))).toBe('a');
    for (let seed = 0; seed < 50; seed += 1) expect(typos('money', 0.01, createRandom(seed))).not.toBe('money');
  });

  it('case, signs and blanks leave the letters alone', () => {
    const letters = (words: string) => words.toLowerCase().replace(/[^a-z]/g, '');
    expect(changeCase(text, 'upper', createRandom(1))).toBe(text.toUpperCase());
    expect(changeCase('one TWO', 'title', createRandom(1))).toBe('One Two');
    expect(letters(changeCase(text, 'mixed', createRandom(1)))).toBe(letters(text));
    expect(punctuation('Well, done!')).toEqual(['Well, done', 'Well, done.', 'Well done']);
    expect(letters(whitespace(text, createRandom(1)))).toBe(letters(text));
    expect(lookAlikes('a "b" c', createRandom(3))).toContain('“');
  });

  it('a name gives way to each other one of the list, a synonym keeps its capital', () => {
    expect(exchange(text, ['Bob', 'Anna', 'Carl'], { exact: true }).map(({ to }) => to)).toEqual(['Bob', 'Carl']);
    expect(exchange('Annabel', ['Anna', 'Bob'], { exact: true })).toEqual([]);
    expect(exchange('Good day', ['good', 'fine'], { exact: false })[0]?.text).toBe('Fine day');
  });
});

describe('the notation of expectations', () => {
  it.each([
    ['spam', { kind: 'answer', class: 'spam', is: true }],
    ['"very bad"', { kind: 'answer', class: 'very bad', is: true }],
    ['not spam', { kind: 'answer', class: 'spam', is: false }],
    ['spam >= 0.9', { kind: 'score', class: 'spam', from: 0.9, to: Number.POSITIVE_INFINITY }],
    ['very bad 0.2..0.6', { kind: 'score', class: 'very bad', from: 0.2, to: 0.6 }],
    ['spam 0.5 ± 0.1', { kind: 'score', class: 'spam', from: 0.4, to: 0.6 }],
  ])('minimum: %s', (text, value) => {
    expect(parseExpectation(text, 'minimum', CLASSES)).toEqual({ ok: true, value });
  });

  it('figures, moves, tolerance', () => {
    expect(parseExpectation('10..14', 'minimum', null)).toMatchObject({ value: { class: null, from: 10, to: 14 } });
    expect(parseExpectation('spam up 0.1', 'directional', CLASSES)).toMatchObject({ value: { direction: 'up', by: 0.1 } });
    expect(parseExpectation('down by 3', 'directional', null)).toMatchObject({
      value: { class: null, direction: 'down', by: 3 },
    });
    expect(parseExpectation('', 'invariance', CLASSES)).toMatchObject({ value: { kind: 'same', within: null } });
    expect(parseExpectation('within 0.1', 'invariance', CLASSES)).toMatchObject({ value: { within: 0.1 } });
  });

  it.each([
    ['eggs', 'minimum', /no class "eggs".*ham, spam/],
    ['>= 0.5', 'minimum', /Name the class/],
    ['', 'minimum', /expected class/],
    ['spam', 'directional', /which way/],
    ['much', 'invariance', /within/],
  ] as const)('says what is wrong with "%s"', (text, kind, message) => {
    const parsed = parseExpectation(text, kind, CLASSES);
    expect(parsed.ok ? '' : parsed.error).toMatch(message);
  });
});

describe('the notation of changes', () => {
  it('reads a list, with signs inside quotation marks', () => {
    const parsed = parseChanges(
      'typos 5% x3; in body: upper; replace "a; b" -> "c"; append "Hi." | "Bye; bye"; set from = example.org; add links 2; missing body',
      MODEL.fields,
    );
    expect(parsed.ok && parsed.value.map((change) => change.kind)).toEqual([
      'typos',
      'case',
      'replace',
      'append',
      'set',
      'add',
      'missing',
    ]);
    expect(parsed).toMatchObject({
      value: [
        { share: 0.05, times: 3 },
        { fields: ['body'] },
        { from: 'a; b', to: 'c' },
        { texts: ['Hi.', 'Bye; bye'] },
        { fields: ['from'], value: 'example.org' },
        { by: 2 },
        {},
      ],
    });
  });

  it.each([
    ['shout', /is no change/],
    ['in subject: upper', /no field "subject".*body, from, links/],
    ['add body 3', /no number/],
    ['swap Anna', /two words/],
  ])('says what is wrong with "%s"', (text, message) => {
    const parsed = parseChanges(text, MODEL.fields);
    expect(parsed.ok ? '' : parsed.error).toMatch(message);
  });
});

describe('a run of tests', () => {
  it('minimum functionality', () => {
    const results = run([
      row('a', { expect: 'spam' }),
      row('b', { expect: 'ham' }),
      row('c', { expect: 'spam >= 0.75' }),
      row('d', { expect: 'spam <= 0.5' }),
      row('e', { expect: 'ham', input: { body: 'the meeting', links: 'many' } }),
      row('f', { expect: 'ham', input: {} }),
    ]);
    expect(results.map((result) => result.status)).toEqual(['passed', 'failed', 'passed', 'failed', 'invalid', 'invalid']);
    expect(results[1]?.sentence).toBe('It says spam 0.80; expected: it says ham.');
    expect(results[4]?.sentence).toContain('links takes a number; "many" is none.');
  });

  it('invariance: all variants of a row count as one case; a tolerance looks at the score of the first answer', () => {
    const [upper, kept, within, none] = run([
      row('a', { kind: 'invariance', changes: 'upper; append "Thank you."' }),
      row('b', { kind: 'invariance', changes: 'append "Thank you." | "Bye."; whitespace' }),
      row('c', { kind: 'invariance', changes: 'add links 1', expect: 'within 0.05', input: { body: 'win money', links: 0 } }),
      row('d', { kind: 'invariance', changes: 'swap Anna | Bob' }),
    ]);
    expect(upper).toMatchObject({
      status: 'failed',
      variants: 2,
      failedVariants: 1,
      failing: [{ what: 'upper case', label: 'ham', input: { body: 'WIN MONEY NOW' } }],
    });
    expect(upper?.sentence).toBe('1 of 2: spam 0.80 to ham 1.00 with upper case.');
    expect(kept).toMatchObject({ status: 'passed', variants: 3 });
    expect(within).toMatchObject({ status: 'failed' });
    expect(none).toMatchObject({ status: 'invalid', sentence: expect.stringContaining('change nothing') });
  });

  it('directional: the changes together must move the score', () => {
    const results = run([
      row('a', { kind: 'directional', changes: 'append money', expect: 'spam up 0.3', input: { body: 'win' } }),
      row('b', { kind: 'directional', changes: 'append money', expect: 'spam up 0.5', input: { body: 'win' } }),
      row('c', { kind: 'directional', changes: 'append "a prize"', expect: 'spam up', input: { body: 'win' } }),
      row('d', { kind: 'directional', changes: 'replace win -> see; replace money -> you', expect: 'spam down 0.7' }),
    ]);
    expect(results.map((result) => result.status)).toEqual(['passed', 'failed', 'failed', 'passed']);
    expect(results[2]?.sentence).toBe('0.40 to 0.40 with “a prize” after it.');
  });

  it('an input on which the graph fails is a finding of its row, the others are answered', async () => {
    const tests = [
      row('a', { expect: 'spam' }),
      row('b', { expect: 'spam', input: { body: 'poison' } }),
      row('c', { expect: 'ham', input: { body: 'tea' } }),
    ];
    const plan = planTests(tests, MODEL);
    const { answers, failures } = await scoreSafely(async (columns, n) => answer(columns, n), plan.columns, plan.n, {
      classes: 2,
    });
    const results = judgeTests(plan, answers, MODEL, failures);
    expect(results.map((result) => result.status)).toEqual(['passed', 'crashed', 'passed']);
    expect(results[1]?.sentence).toBe('No answer: a node of the graph failed');
  });

  it('a model that gives figures', () => {
    const price: TestedModel = { fields: [{ name: 'rooms', kind: 'number' }], classes: null };
    const of = (id: string, value: Partial<RunnableTest>) => row(id, { input: { rooms: 3 }, ...value });
    const plan = planTests(
      [
        of('a', { expect: '290..310' }),
        of('b', { kind: 'directional', changes: 'add rooms 1', expect: 'up 50' }),
        of('c', { kind: 'invariance', changes: 'add rooms 1', expect: 'within 120' }),
      ],
      price,
    );
    const values = Float64Array.from(plan.columns.rooms ?? [], (rooms) => Number(rooms) * 100);
    const results = judgeTests(plan, { labels: [], scores: new Float32Array(0), values }, price);
    expect(results.map((result) => result.status)).toEqual(['passed', 'passed', 'passed']);
  });
});

describe('pass rates', () => {
  const tests = [
    ...Array.from({ length: 10 }, (_, i) => row(`m${i}`, { name: 'prizes', expect: i < 9 ? 'spam' : 'ham' })),
    row('i', { kind: 'invariance', capability: 'case', changes: 'upper', severity: 'blocking' }),
    row('r', { kind: 'regression', expect: 'ham' }),
    row('x', { expect: 'eggs' }),
  ];
  const data = summarize(tests, run(tests), { seed: 1, candidate: 4, incumbent: { number: 3, results: run(tests) } });

  it('are of rows that could be asked, without regression cases, with Wilson’s interval', () => {
    // Wilson (1927) for 9 of 11, 95 %: scipy 1.17.1 binomtest(9, 11).proportion_ci(method='wilson') = (0.5230, 0.9486).
    expect(data.overall).toMatchObject({ n: 11, method: 'Wilson' });
    expect(data.overall?.lower).toBeCloseTo(0.523, 3);
    expect(data.overall?.upper).toBeCloseTo(0.9486, 3);
    expect(data.regressions).toEqual({ n: 1, failed: 1 });
    expect(data.blocking).toEqual({ n: 1, failed: 1 });
    expect(data.groups.map(({ name, n, failed, incumbentFailed }) => [name, n, failed, incumbentFailed])).toEqual([
      ['prizes', 10, 1, 1],
      ['case', 1, 1, 1],
      ['regression', 1, 1, 1],
    ]);
  });

  it('become facts and a table', () => {
    const facts = Object.fromEntries(behaviourFacts(data).map((fact) => [fact.path, fact.estimate]));
    expect(facts).toMatchObject({
      'behaviour.minimum.pass_rate': 0.9,
      'behaviour.invariance.pass_rate': 0,
      'behaviour.test."prizes".pass_rate': 0.9,
      'behaviour.blocking.failed': 1,
      'regressions.failed': 1,
    });
    expect(behaviourTable(data).rows[0]).toMatchObject({ name: 'prizes', kind: 'minimum', n: 10, failed: 1 });
  });
});
