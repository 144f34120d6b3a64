import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../domain/random.ts';
import { type TrainInput, type TrainResult, trainClassifier } from './classifier.ts';
import { TrainingError } from './error.ts';

type Penguin = Record<string, string | number | null>;
const FILE = new URL('../../node_modules/vega-datasets/data/penguins.json', import.meta.url);
const penguins = JSON.parse(readFileSync(FILE, 'utf8')) as Penguin[];
const MEASURES = ['Beak Length (mm)', 'Beak Depth (mm)', 'Flipper Length (mm)', 'Body Mass (g)'];
const PARAMS = { ngramMax: 1, vocabularySize: 1000, l2: 1, classWeight: 'none' } as const;

function finish(input: TrainInput): TrainResult {
  const training = trainClassifier(input);
  for (;;) {
    const at = training.next();
    if (at.done) return at.value;
  }
}

function penguinInput(over: Partial<TrainInput> = {}): TrainInput {
  const rows = penguins.filter((row) => MEASURES.every((name) => row[name] !== null));
  return {
    features: MEASURES.map((name) => ({ name, kind: 'number' as const })),
    columns: Object.fromEntries(MEASURES.map((name) => [name, rows.map((row) => row[name] ?? null)])),
    labels: rows.map((row) => String(row.Species)),
    params: { ...PARAMS, epochs: 500 },
    seed: 1,
    validationShare: 0,
    ...over,
  };
}

/** [class][feature], as scikit-learn prints them. */
function weightsOf(result: TrainResult): { coefficients: number[][]; intercepts: number[] } {
  const { parameters, outputs, features } = result.fitted.model;
  const at = (feature: number, k: number) => parameters[feature * outputs + k] ?? Number.NaN;
  const every = (n: number) => Array.from({ length: n }, (_, i) => i);
  return {
    coefficients: every(outputs).map((k) => every(features).map((feature) => at(feature, k))),
    intercepts: every(outputs).map((k) => at(features, k)),
  };
}

function expectClose(found: number[], expected: number[]): void {
  expected.forEach((value, i) => {
    expect(Math.abs((found[i] ?? Number.NaN) - value)).toBeLessThan(0.005);
  });
}

// Reference: scikit-learn 1.9.1, LogisticRegression(C=1, tol=1e-8, class_weight=...) on the 342 penguins without
// missing measures, each column minus its mean and divided by its (population) deviation; coef_ and intercept_.
describe('the weights are those of scikit-learn', () => {
  it('for three classes', () => {
    const { coefficients, intercepts } = weightsOf(finish(penguinInput()));
    expectClose(coefficients[0] ?? [], [-2.7187, 1.5334, -0.4937, 0.3769]);
    expectClose(coefficients[1] ?? [], [2.3659, 0.2336, -0.7084, -1.5341]);
    expectClose(coefficients[2] ?? [], [0.3528, -1.7671, 1.2021, 1.1572]);
    expectClose(intercepts, [0.5599, -0.1645, -0.3954]);
  });

  it('for balanced classes', () => {
    const result = finish(penguinInput({ params: { ...PARAMS, classWeight: 'balanced', epochs: 500 } }));
    const { coefficients, intercepts } = weightsOf(result);
    expectClose(coefficients[1] ?? [], [2.4738, 0.23, -0.7488, -1.6096]);
    expectClose(intercepts, [0.338, 0.0804, -0.4184]);
  });

  it('for two classes, with C = 2', () => {
    const input = penguinInput({ params: { ...PARAMS, l2: 0.5, epochs: 500 } });
    const labels = input.labels.map((species) => (species === 'Adelie' ? 'Adelie' : 'Other'));
    const { coefficients, intercepts } = weightsOf(finish({ ...input, labels }));
    expectClose(coefficients[0] ?? [], [5.0791, -2.6408, 0.4918, -0.8398]);
    expectClose(intercepts, [1.1762]);
  });
});

describe('training', () => {
  it('is the same to the byte from the same seed', () => {
    const input = penguinInput({ validationShare: 0.2, seed: 5 });
    expect(finish(input).graph).toEqual(finish(input).graph);
  });

  it('reports loss and scores after each step, the training loss falling', () => {
    const losses: number[] = [];
    const training = trainClassifier(penguinInput({ validationShare: 0.2 }));
    for (let at = training.next(); !at.done; at = training.next()) {
      if (at.value.step === 0) continue;
      losses.push(at.value.metrics['train.loss'] ?? Number.NaN);
      expect(Object.keys(at.value.metrics)).toContain('validation.loss');
    }
    expect(losses.length).toBeGreaterThan(5);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
  });

  it('keeps every class on both sides of the validation split', () => {
    const input = penguinInput({ validationShare: 0.1 });
    const result = finish(input);
    const held = new Set(result.fitted.validationRowsOf.map((row) => input.labels[row]));
    expect(held.size).toBe(3);
    expect(result.info.trainRows + result.info.validationRows).toBe(input.labels.length);
  });

  it('leaves out columns that say nothing, and says so', () => {
    const input = penguinInput();
    const n = input.labels.length;
    input.features.push({ name: 'empty', kind: 'number' }, { name: 'same', kind: 'category' }, { name: 'mute', kind: 'text' });
    input.columns.empty = new Array<null>(n).fill(null);
    input.columns.same = new Array<string>(n).fill('x');
    input.columns.mute = new Array<string>(n).fill('…');
    const result = finish(input);
    expect(result.signature.fields.map((field) => field.name)).toEqual(MEASURES);
    expect(result.info.notes).toHaveLength(3);
  });
});

describe('what can not be learned is refused in plain words', () => {
  const texts = (n: number) => Array.from({ length: n }, (_, i) => `word${i % 3}`);
  const base: TrainInput = {
    features: [{ name: 'text', kind: 'text' }],
    columns: { text: texts(6) },
    labels: ['a', 'b', 'a', 'b', 'a', 'b'],
    params: PARAMS,
    seed: 1,
  };
  it.each<[string, Partial<TrainInput>, RegExp]>([
    ['no rows', { labels: [], columns: { text: [] } }, /no rows with a label/],
    ['one class', { labels: new Array<string>(6).fill('a') }, /at least two classes/],
    ['no features', { features: [] }, /at least one feature/],
    ['no usable feature', { columns: { text: ['', '!', '', '', '', ''] } }, /no usable feature column/],
    ['a missing column', { columns: {} }, /no column "text"/],
    ['ragged columns', { columns: { text: texts(5) } }, /5 rows/],
    ['a reserved name', { features: [{ name: 'label', kind: 'text' }] }, /can't be called "label"/],
    ['a column twice', { features: [...base.features, ...base.features] }, /chosen twice/],
    [
      'too many classes',
      { labels: Array.from({ length: 101 }, (_, i) => `c${i}`), columns: { text: texts(101) } },
      /at most 100/,
    ],
  ])('%s', (_, over, message) => {
    expect(() => finish({ ...base, ...over })).toThrow(TrainingError);
    expect(() => finish({ ...base, ...over })).toThrow(message);
  });
});

describe('time', () => {
  it('breathes: no long pause between two yields on a few thousand texts', () => {
    const random = createRandom(2);
    const word = () => `w${Math.floor(random.next() ** 3 * 20_000)}`;
    const text = Array.from({ length: 3000 }, () => Array.from({ length: 150 }, word).join(' '));
    const labels = text.map((words) => (words.includes('w1 ') ? 'yes' : 'no'));
    const training = trainClassifier({
      features: [{ name: 'text', kind: 'text' }],
      columns: { text },
      labels,
      params: { ngramMax: 2, vocabularySize: 20_000, l2: 0.1, classWeight: 'none', epochs: 20 },
      seed: 1,
    });
    const pauses: number[] = [];
    let before = performance.now();
    for (let at = training.next(); !at.done; at = training.next()) {
      pauses.push(performance.now() - before);
      before = performance.now();
    }
    // Generous: machines under test are shared.
    expect(Math.max(...pauses)).toBeLessThan(1000);
    expect(pauses.length).toBeGreaterThan(15);
  });
});
