/**
 * Reads a graph of our own trainer back (see ../graph.ts): each input's block gives its encoder and its rows of the weights.
 * Null for any other graph.
 */
import type { SparseVector } from '../../domain/explain/linear-shap.ts';
import { modelText } from '../../domain/signature.ts';
import { readNumber, SCALED_LIMIT } from '../encoders/number.ts';
import { type Graph, numbersOf, stringsOf, tensorNumbers } from './reading.ts';
import type { NodeProto } from './tensors.ts';
import type { Cell, FeatureOf, TermPlaces, WhiteBox } from './white-box.ts';

type Block = {
  features: FeatureOf[];
  weights: number[];
  write(value: Cell, offset: number, out: SparseVector): void;
  places(text: string, offset: number): TermPlaces | null;
};

const TOKEN = /[A-Za-z0-9]+/g;

/** The inside of such a graph: its blocks in the order of the inputs. */
export function readClassifier(graph: Graph): WhiteBox | null {
  const softmax = graph.nodes.find((node) => node.opType === 'Softmax');
  const bias = graph.nodes.find((node) => node.opType === 'Add' && graph.constants.has(node.input?.[0] ?? ''));
  if (!softmax || !bias) return null;
  const intercepts = tensorNumbers(graph.constants.get(bias.input?.[0] ?? ''));
  const targets = intercepts.length;
  const blocks: Block[] = [];
  for (const input of graph.inputs) {
    const block = readBlock(graph, input);
    if (!block || block.weights.length !== block.features.length * targets) return null;
    blocks.push(block);
  }
  if (blocks.length === 0) return null;
  const offsets = blocks.map((_, i) => blocks.slice(0, i).reduce((sum, block) => sum + block.features.length, 0));
  return {
    features: blocks.flatMap((block) => block.features),
    encode: (row) => {
      const out: SparseVector = { index: [], value: [] };
      for (const [i, block] of blocks.entries()) block.write(row[graph.inputs[i] ?? ''], offsets[i] ?? 0, out);
      return out;
    },
    places: (field, text) => {
      const at = graph.inputs.indexOf(field);
      return blocks[at]?.places(text, offsets[at] ?? 0) ?? null;
    },
    targets,
    post: targets === 1 ? 'LOGISTIC' : 'SOFTMAX',
    inside: { kind: 'linear', weights: Float64Array.from(blocks.flatMap((block) => block.weights)), intercepts },
  };
}

function readBlock(graph: Graph, input: string): Block | null {
  const taker = graph.takers.get(input)?.[0];
  if (taker?.opType === 'StringNormalizer') return readText(graph, input, taker);
  if (taker?.opType === 'OneHotEncoder') return readCategory(graph, input, taker);
  return taker?.opType === 'Unsqueeze' ? readNumbers(graph, input, taker) : null;
}

/** The first node of a kind on the way down from a value, going by first takers. */
function below(graph: Graph, from: NodeProto, kind: string, steps = 8): NodeProto | null {
  let level: NodeProto[] = [from];
  for (let step = 0; step < steps && level.length > 0; step += 1) {
    const found = level.find((node) => node.opType === kind);
    if (found) return found;
    level = level.flatMap((node) => (node.output ?? []).flatMap((output) => graph.takers.get(output) ?? []));
  }
  return null;
}

/** A block's rows of the weights. A text block with a single column of them has it as a row, before its matrix. */
function weightsBelow(graph: Graph, node: NodeProto): number[] {
  const takers = (node.output ?? []).flatMap((output) => graph.takers.get(output) ?? []);
  const row = takers.map((taker) => taker.input?.[0] ?? '').find((name) => graph.constants.has(name));
  if (row !== undefined) return tensorNumbers(graph.constants.get(row));
  const product = below(graph, node, 'MatMul');
  return tensorNumbers(graph.constants.get(product?.input?.[1] ?? ''));
}

function readText(graph: Graph, field: string, normalizer: NodeProto): Block | null {
  const vectorizer = below(graph, normalizer, 'TfIdfVectorizer', 4);
  if (!vectorizer) return null;
  const starts = numbersOf(vectorizer, 'ngram_counts');
  const pool = stringsOf(vectorizer, 'pool_strings');
  const columns = numbersOf(vectorizer, 'ngram_indexes');
  const idf = numbersOf(vectorizer, 'weights');
  const terms: string[] = [];
  for (const [level, start] of starts.entries()) {
    const end = starts[level + 1] ?? pool.length;
    for (let at = start; at < end; at += level + 1) terms.push(pool.slice(at, at + level + 1).join(' '));
  }
  const longest = starts.length;
  const columnOf = new Map(terms.map((term, i) => [term, columns[i] ?? i]));
  const features: FeatureOf[] = new Array(terms.length);
  terms.forEach((term, i) => {
    features[columns[i] ?? i] = { field, kind: 'text', part: term };
  });
  const find = (text: string) => findTerms(text, columnOf, longest);
  return {
    features,
    weights: weightsBelow(graph, vectorizer),
    write: (value, offset, out) => {
      const found = find(value === null || value === undefined ? '' : String(value));
      const values = [...found].map(([column, at]) => [column, at.length * (idf[column] ?? 1)] as const);
      const norm = Math.sqrt(values.reduce((sum, [, value]) => sum + value * value, 0));
      for (const [column, value] of values) {
        out.index.push(offset + column);
        out.value.push(value / norm);
      }
    },
    places: (text, offset) => [...find(text)].map(([column, occurrences]) => ({ column: offset + column, occurrences })),
  };
}

function findTerms(text: string, columnOf: Map<string, number>, longest: number) {
  const tokens = Array.from(modelText(text).matchAll(TOKEN), (match) => ({
    word: match[0].toLowerCase(),
    from: match.index,
    to: match.index + match[0].length,
  }));
  const found = new Map<number, { from: number; to: number }[][]>();
  for (let at = 0; at < tokens.length; at += 1) {
    let term = '';
    for (let n = 0; n < longest && at + n < tokens.length; n += 1) {
      term = n === 0 ? (tokens[at]?.word ?? '') : `${term} ${tokens[at + n]?.word}`;
      const column = columnOf.get(term);
      if (column === undefined) continue;
      const spans = tokens.slice(at, at + n + 1).map(({ from, to }) => ({ from, to }));
      const known = found.get(column);
      if (known) known.push(spans);
      else found.set(column, [spans]);
    }
  }
  return found;
}

function readNumbers(graph: Graph, field: string, unsqueeze: NodeProto): Block | null {
  const divide = below(graph, unsqueeze, 'Div');
  const subtract = graph.maker.get(divide?.input?.[0] ?? '');
  const mean = tensorNumbers(graph.constants.get(subtract?.input?.[1] ?? ''))[0];
  const deviation = tensorNumbers(graph.constants.get(divide?.input?.[1] ?? ''))[0];
  if (!divide || mean === undefined || deviation === undefined) return null;
  const weights = weightsBelow(graph, divide);
  const joined = below(graph, divide, 'Concat', 3) !== null;
  const features: FeatureOf[] = [{ field, kind: 'number', part: null }];
  if (joined) features.push({ field, kind: 'number', part: 'missing' });
  return {
    features,
    weights,
    write: (value, offset, out) => {
      const number = readNumber(value);
      if (Number.isNaN(number)) {
        if (joined) {
          out.index.push(offset + 1);
          out.value.push(1);
        }
        return;
      }
      const scaled = Math.fround(Math.fround(number - mean) / deviation);
      out.index.push(offset);
      out.value.push(Math.max(-SCALED_LIMIT, Math.min(SCALED_LIMIT, scaled)));
    },
    places: () => null,
  };
}

function readCategory(graph: Graph, field: string, encoder: NodeProto): Block {
  const categories = stringsOf(encoder, 'cats_strings');
  const columnOf = new Map(categories.map((category, i) => [category, i]));
  return {
    features: categories.map((category) => ({ field, kind: 'category', part: category })),
    weights: weightsBelow(graph, encoder),
    write: (value, offset, out) => {
      const column = columnOf.get(value === null || value === undefined ? '' : modelText(String(value)));
      if (column === undefined) return;
      out.index.push(offset + column);
      out.value.push(1);
    },
    places: () => null,
  };
}
