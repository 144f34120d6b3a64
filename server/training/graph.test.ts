import ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { modelText } from '../domain/signature.ts';
import { type TrainInput, type TrainResult, trainClassifier } from './classifier.ts';
import { categoryWriter } from './encoders/category.ts';
import { writeNumber } from './encoders/number.ts';
import { fitText } from './encoders/text.ts';
import { probabilities } from './logistic.ts';
import { SparseBuilder } from './sparse.ts';
import { tokenize } from './tokens.ts';

const WORDS = ['Free', 'money', 'offer', 'meeting', 'noon', 'x1', 'K', 'i', 's', 'cafe', 'после', 'ß', '99', 'a-b'];

/** Texts on which tokenisers differ: other alphabets, letters whose lower case is ASCII, joined emoji, broken pairs. */
const NASTY = [
  '',
  '   ',
  '!!!',
  'FREE free FrEe',
  'K\u212A i\u0130\u0131 \u017Fs',
  'naïve café après Straße',
  'после meeting 会议 noon',
  '😀free👩‍👩‍👧money\uFE0F',
  'a\ud800free\udfffmoney',
  'free\0money\0offer',
  'free\u00a0money\u2028offer\u200bnoon\tmeeting\r\nx1',
  'x1x1 99 9 a-b a_b i.s',
  '\uFEFFfree \u0301money',
  `${'free money '.repeat(20_000)}offer`,
  'z'.repeat(100_000),
  'free money offer meeting noon',
];

function train(input: Partial<TrainInput> & Pick<TrainInput, 'features' | 'columns' | 'labels'>): TrainResult {
  const training = trainClassifier({
    params: { ngramMax: 3, vocabularySize: 500, l2: 0.05, classWeight: 'none' },
    seed: 1,
    validationShare: 0,
    ...input,
  });
  for (;;) {
    const at = training.next();
    if (at.done) return at.value;
  }
}

const texts = Array.from({ length: 60 }, (_, i) =>
  Array.from({ length: 6 }, (_, j) => WORDS[(i * 7 + j * j * 3 + i * j) % WORDS.length]).join(' '),
);
const numbers = Array.from({ length: 60 }, (_, i) => (i % 7 === 0 ? null : Math.sin(i) * 1000));
const categories = Array.from({ length: 60 }, (_, i) => (i % 9 === 0 ? null : `grüße ${i % 4}`));
const labels = (k: number) => Array.from({ length: 60 }, (_, i) => `klass ${(i * 3 + (i % 7)) % k} ✓`);

const FEATURES: TrainInput['features'] = [
  { name: 'subject line', kind: 'text' },
  { name: 'größe', kind: 'number' },
  { name: 'kind', kind: 'category' },
];
const columns = { 'subject line': texts, größe: numbers, kind: categories };

async function runGraph(result: TrainResult, rows: { text: string; number: number; category: string }[]) {
  const session = await ort.InferenceSession.create(result.graph);
  const strings = (values: string[]) => new ort.Tensor('string', values, [values.length]);
  const output = await session.run({
    'subject line': strings(rows.map((row) => modelText(row.text))),
    größe: new ort.Tensor(
      'float32',
      Float32Array.from(rows, (row) => row.number),
      [rows.length],
    ),
    kind: strings(rows.map((row) => modelText(row.category))),
  });
  const p = output.probabilities;
  const label = output.label;
  if (!p || !label) throw new Error('The graph lacks an output.');
  return { probabilities: p.data as Float32Array, dims: p.dims, labels: label.data as string[] };
}

/** The same rows by the TypeScript encoders and model. */
function forward(result: TrainResult, rows: { text: string; number: number; category: string }[]): Float64Array {
  const out = new SparseBuilder(rows.length);
  const text = result.fitted.encoders.find((encoder) => encoder.kind === 'text');
  const known = new Map(text?.terms.map((term, i) => [term.join(' '), i]));
  for (const row of rows) {
    let offset = 0;
    for (const encoder of result.fitted.encoders) {
      if (encoder.kind === 'number') writeNumber(encoder, row.number, offset, out);
      else if (encoder.kind === 'category') categoryWriter(encoder)(row.category, offset, out);
      else writeText(row.text, offset, known, encoder.idf, out);
      offset += encoder.width;
    }
    out.endRow();
  }
  return probabilities(result.fitted.model, out.finish(result.info.width));
}

/** Straight from the definition, on purpose unlike the fast code under test. */
function writeText(text: string, offset: number, known: Map<string, number>, idf: Float32Array, out: SparseBuilder) {
  const tokens = tokenize(text);
  const tf = new Map<number, number>();
  for (let n = 1; n <= 3; n += 1) {
    for (let at = 0; at + n <= tokens.length; at += 1) {
      const column = known.get(tokens.slice(at, at + n).join(' '));
      if (column !== undefined) tf.set(column, (tf.get(column) ?? 0) + (idf[column] ?? 0));
    }
  }
  const norm = Math.sqrt([...tf.values()].reduce((sum, value) => sum + value * value, 0));
  for (const [column, value] of tf) out.add(offset + column, value / norm);
}

function expectEqualRows(found: Float32Array, expected: Float64Array): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((p, i) => {
    expect(Math.abs((found[i] ?? Number.NaN) - p)).toBeLessThan(2e-5);
  });
}

describe('the written graph, run by ONNX Runtime', () => {
  const rows = NASTY.flatMap((text, i) => [
    { text, number: [Number.NaN, 0, 1e30, -Infinity, 512.25][i % 5] ?? 0, category: ['grüße 1', 'never seen', ''][i % 3] ?? '' },
  ]);

  it.each([2, 3, 5])('answers as the trained model does, %i classes, batch and one by one', async (k) => {
    const result = train({ features: FEATURES, columns, labels: labels(k) });
    const expected = forward(result, rows);
    const batch = await runGraph(result, rows);
    expect(batch.dims).toEqual([rows.length, k]);
    expectEqualRows(batch.probabilities, expected);
    for (const [i, row] of rows.entries()) {
      const one = await runGraph(result, [row]);
      expectEqualRows(one.probabilities, expected.slice(i * k, (i + 1) * k));
    }
    const classes = result.info.classes;
    batch.labels.forEach((label, i) => {
      const own = batch.probabilities.slice(i * k, (i + 1) * k);
      expect(label).toBe(classes[own.indexOf(Math.max(...own))]);
    });
  });

  it('encodes the training rows as the fast encoder did', () => {
    const result = train({ features: FEATURES.slice(0, 1), columns, labels: labels(2) });
    const fitting = fitText('subject line', texts, { rows: texts.map((_, i) => i), ngramMax: 3, vocabularySize: 500 });
    let at = fitting.next();
    while (!at.done) at = fitting.next();
    const out = new SparseBuilder(texts.length);
    for (let row = 0; row < texts.length; row += 1) {
      at.value.write(row, 0, out);
      out.endRow();
    }
    const fast = probabilities(result.fitted.model, out.finish(result.info.width));
    const slow = forward(
      result,
      texts.map((text) => ({ text, number: 0, category: '' })),
    );
    expectEqualRows(Float32Array.from(fast), slow);
  });

  it.each(FEATURES)('runs with only a $kind', async (feature) => {
    const result = train({ features: [feature], columns, labels: labels(2) });
    const session = await ort.InferenceSession.create(result.graph);
    expect(session.inputNames).toEqual([feature.name]);
    expect(session.outputNames).toEqual(['label', 'probabilities']);
  });
});
