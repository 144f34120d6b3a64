/**
 * A fitted classifier as ONE ONNX graph: raw strings and numbers in, label and probabilities out. What is trained and
 * what is served is therefore the same thing. Each encoder is one block; the logits are the sum of each block times
 * its own rows of the weights, plus the intercepts.
 */
import { LABEL_OUTPUT, PROBABILITIES_OUTPUT } from '../domain/signature.ts';
import type { CategoryEncoder } from './encoders/category.ts';
import type { Encoder } from './encoders/encode.ts';
import { type NumberEncoder, SCALED_LIMIT } from './encoders/number.ts';
import type { TextEncoder } from './encoders/text.ts';
import type { LogisticModel } from './logistic.ts';
import { GraphBuilder } from './onnx/builder.ts';
import { TOKEN_EXPRESSION } from './tokens.ts';

/** Keeps a text without a known word from being divided by zero. */
const SMALLEST_NORM = 1e-12;

/** The bytes of the graph. `metadata` goes into the file's properties. */
export function writeClassifierGraph(o: {
  encoders: readonly Encoder[];
  model: LogisticModel;
  classes: string[];
  metadata: Record<string, string>;
}): Uint8Array {
  const graph = new GraphBuilder();
  const { outputs, features, parameters } = o.model;
  const parts: string[] = [];
  let offset = 0;
  for (const encoder of o.encoders) {
    const weights = parameters.subarray(offset * outputs, (offset + encoder.width) * outputs);
    parts.push(writeBlock(graph, encoder, { values: weights, outputs }));
    offset += encoder.width;
  }
  let logits = graph.floats([1, outputs], parameters.subarray(features * outputs));
  for (const part of parts) logits = graph.node('Add', [logits, part]);
  // Two classes have one logit z; the softmax of [0, z] is the sigmoid.
  if (outputs === 1) logits = graph.node('MatMul', [logits, graph.floats([1, 2], [0, 1])]);
  graph.node('Softmax', [logits], { attributes: { axis: 1 }, result: PROBABILITIES_OUTPUT });
  const best = graph.node('ArgMax', [logits], { attributes: { axis: 1, keepdims: 0 } });
  graph.node('Gather', [graph.strings([o.classes.length], o.classes), best], {
    attributes: { axis: 0 },
    result: LABEL_OUTPUT,
  });
  graph.output(LABEL_OUTPUT, 'string', ['N']);
  graph.output(PROBABILITIES_OUTPUT, 'float', ['N', o.classes.length]);
  return graph.encode({ name: 'classifier', producer: 'stagecraft', metadata: o.metadata });
}

/** The rows of the weights [width, outputs] that belong to one block. */
type Weights = { values: Float64Array; outputs: number };

function writeBlock(graph: GraphBuilder, encoder: Encoder, weights: Weights): string {
  if (encoder.kind === 'text') return writeText(graph, encoder, weights);
  const matrix = graph.floats([encoder.width, weights.outputs], weights.values);
  if (encoder.kind === 'number') return writeNumbers(graph, encoder, matrix);
  return writeCategory(graph, encoder, matrix);
}

function writeText(graph: GraphBuilder, encoder: TextEncoder, weights: Weights): string {
  const input = graph.input(encoder.name, 'string', ['N']);
  const lower = graph.node('StringNormalizer', [input], {
    attributes: { case_change_action: 'LOWER', is_case_sensitive: 1, locale: 'C' },
  });
  const tokens = graph.node('Tokenizer', [lower], {
    domain: 'com.microsoft',
    attributes: { mark: 0, mincharnum: 1, pad_value: '', tokenexp: TOKEN_EXPRESSION },
  });
  const longest = encoder.terms.at(-1)?.length ?? 1;
  const starts: number[] = [];
  let position = 0;
  for (let n = 1; n <= longest; n += 1) {
    starts.push(position);
    position += n * encoder.terms.filter((term) => term.length === n).length;
  }
  const tfidf = graph.node('TfIdfVectorizer', [tokens], {
    attributes: {
      mode: 'TFIDF',
      min_gram_length: 1,
      max_gram_length: longest,
      max_skip_count: 0,
      ngram_counts: { ints: starts },
      ngram_indexes: { ints: encoder.terms.map((_, i) => i) },
      pool_strings: { strings: encoder.terms.flat() },
      weights: { floats: encoder.idf },
    },
  });
  // x W / |x| is the same as (x / |x|) W, and spares one pass over the wide matrix.
  // |x|² as the product of each row with itself: a reduction over the wide matrix takes four times as long.
  const row = graph.node('Unsqueeze', [tfidf, graph.integers([1], [1])]);
  const square = graph.node('FusedMatMul', [row, row], { domain: 'com.microsoft', attributes: { transB: 1 } });
  const norm = graph.node('Sqrt', [graph.node('Squeeze', [square, graph.integers([1], [1])])]);
  const safe = graph.node('Max', [norm, graph.floats([1, 1], [SMALLEST_NORM])]);
  return graph.node('Div', [timesWeights(graph, tfidf, encoder.width, weights), safe]);
}

/**
 * The wide matrix X times the weights W. A single column of weights goes as its row, wᵀ Xᵀ, which is one pass over X;
 * the runtime packs the constant side of X w for a general product, and takes twice as long.
 */
function timesWeights(graph: GraphBuilder, wide: string, width: number, { values, outputs }: Weights): string {
  if (outputs > 1) return graph.node('MatMul', [wide, graph.floats([width, outputs], values)]);
  const row = graph.floats([1, width], values);
  const products = graph.node('FusedMatMul', [row, wide], { domain: 'com.microsoft', attributes: { transB: 1 } });
  return graph.node('Reshape', [products, graph.integers([2], [-1, 1])]);
}

function writeNumbers(graph: GraphBuilder, encoder: NumberEncoder, weights: string): string {
  const input = graph.input(encoder.name, 'float', ['N']);
  const column = graph.node('Unsqueeze', [input, graph.integers([1], [1])]);
  const missing = graph.node('Or', [graph.node('IsNaN', [column]), graph.node('IsInf', [column])]);
  const mean = graph.floats([1, 1], [encoder.mean]);
  const known = graph.node('Where', [missing, mean, column]);
  const scaled = graph.node('Div', [graph.node('Sub', [known, mean]), graph.floats([1, 1], [encoder.deviation])]);
  const held = graph.node('Clip', [scaled, graph.floats([], [-SCALED_LIMIT]), graph.floats([], [SCALED_LIMIT])]);
  if (!encoder.indicator) return graph.node('MatMul', [held, weights]);
  const flag = graph.node('Where', [missing, graph.floats([1, 1], [1]), graph.floats([1, 1], [0])]);
  const both = graph.node('Concat', [held, flag], { attributes: { axis: 1 } });
  return graph.node('MatMul', [both, weights]);
}

function writeCategory(graph: GraphBuilder, encoder: CategoryEncoder, weights: string): string {
  const input = graph.input(encoder.name, 'string', ['N']);
  const oneHot = graph.node('OneHotEncoder', [input], {
    domain: 'ai.onnx.ml',
    attributes: { cats_strings: { strings: encoder.categories }, zeros: 1 },
  });
  return graph.node('MatMul', [oneHot, weights]);
}
