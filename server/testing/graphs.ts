import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Signature } from '#server/domain/signature.ts';
import { GraphBuilder } from '#server/training/onnx/builder.ts';

export const SPAM_SIGNATURE: Signature = {
  inputs: [{ name: 'body', datatype: 'BYTES', shape: [-1] }],
  outputs: [
    { name: 'label', datatype: 'BYTES', shape: [-1] },
    { name: 'probabilities', datatype: 'FP32', shape: [-1, 2] },
  ],
  classes: ['ham', 'spam'],
  fields: [{ name: 'body', kind: 'text' }],
};

/**
 * A text classifier of two classes: counts of `terms` times `weights` is the evidence for spam. Small enough to know
 * its answer by heart: a text is spam when the weights of its words sum to more than 0.
 */
export function spamGraph(terms: string[] = ['win', 'money', 'meeting'], weights: number[] = [2, 2, -3]): Uint8Array {
  const graph = new GraphBuilder();
  graph.input('body', 'string', ['N']);
  const lower = graph.node('StringNormalizer', ['body'], { attributes: { case_change_action: 'LOWER', locale: 'C' } });
  const tokens = graph.node('Tokenizer', [lower], {
    domain: 'com.microsoft',
    attributes: { mark: 0, pad_value: '', tokenexp: '[a-z0-9]+', mincharnum: 1 },
  });
  const counts = graph.node('TfIdfVectorizer', [tokens], {
    attributes: {
      mode: 'TF',
      min_gram_length: 1,
      max_gram_length: 1,
      max_skip_count: 0,
      ngram_counts: { ints: [0] },
      ngram_indexes: { ints: terms.map((_, i) => i) },
      pool_strings: { strings: terms },
    },
  });
  const scores = graph.node('MatMul', [
    counts,
    graph.floats(
      [terms.length, 2],
      weights.flatMap((weight) => [0, weight]),
    ),
  ]);
  const biased = graph.node('Add', [scores, graph.floats([2], [0.001, 0])]);
  graph.node('Softmax', [biased], { attributes: { axis: 1 }, result: 'probabilities' });
  const best = graph.node('ArgMax', ['probabilities'], { attributes: { axis: 1, keepdims: 0 } });
  graph.node('Gather', [graph.strings([2], ['ham', 'spam']), best], { attributes: { axis: 0 }, result: 'label' });
  graph.output('label', 'string', ['N']);
  graph.output('probabilities', 'float', ['N', 2]);
  return graph.encode({ name: 'spam', producer: 'stagecraft-test', metadata: {} });
}

/**
 * Takes `size` [N] and gives `cost` [N]; the work grows with the cube of the largest size in the run: a few rows of 1
 * are free, 6,000 keeps a core busy for seconds, a billion can't be allocated.
 */
export function costlyGraph(): Uint8Array {
  const graph = new GraphBuilder();
  graph.input('size', 'int64', ['N']);
  const largest = graph.node('ReduceMax', ['size'], { attributes: { keepdims: 1 } });
  const shape = graph.node('Concat', [largest, largest], { attributes: { axis: 0 } });
  const square = graph.node('ConstantOfShape', [shape]);
  const product = graph.node('MatMul', [square, square]);
  const sum = graph.node('ReduceSum', [product], { attributes: { keepdims: 0 } });
  const whole = graph.node('Cast', [sum], { attributes: { to: 7 } });
  graph.node('Add', ['size', whole], { result: 'cost' });
  graph.output('cost', 'int64', ['N']);
  return graph.encode({ name: 'costly', producer: 'stagecraft-test', metadata: {} });
}

/** Writes bytes below a fresh temporary folder and returns the path. */
export function writeTemporary(name: string, content: Uint8Array | string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'stagecraft-test-')), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}
