/**
 * TF-IDF of n-grams. Value of term t in text d: tf(t, d) * idf(t), idf(t) = ln((1 + n) / (1 + df(t))) + 1, each text
 * then divided by its Euclidean norm: the defaults of scikit-learn's TfidfVectorizer. The vocabulary is the V terms
 * found in most documents (ties: shorter first, then first seen).
 */

import type { SparseBuilder } from '../sparse.ts';
import { countNgrams, type NgramIndex, tokenizeTexts } from './ngrams.ts';

export type TextEncoder = {
  kind: 'text';
  name: string;
  /** Terms as their tokens, shorter ones first; the position is the column. */
  terms: string[][];
  idf: Float32Array;
  width: number;
};

export type FittedText = {
  encoder: TextEncoder;
  /** Adds one row's entries, columns counted from `offset`. */
  write: (row: number, offset: number, out: SparseBuilder) => void;
};

/** From this many training texts on, terms of a single text are left out: they can only be learned by heart. */
const DOCUMENTS_FOR_PRUNING = 1000;

/** Fits vocabulary and weights on the training rows of one text column. */
export function* fitText(
  name: string,
  texts: readonly (string | number | null)[],
  o: { rows: readonly number[]; ngramMax: number; vocabularySize: number },
): Generator<void, FittedText> {
  const tokenized = yield* tokenizeTexts(texts);
  const minDocuments = o.rows.length >= DOCUMENTS_FOR_PRUNING ? 2 : 1;
  const index = yield* countNgrams(tokenized, { rows: o.rows, ngramMax: o.ngramMax, minDocuments });
  const { columnOf, terms, frequencies } = chooseTerms(index, o.vocabularySize, minDocuments);
  yield;
  const idf = Float32Array.from(frequencies, (df) => Math.log((1 + o.rows.length) / (1 + df)) + 1);
  const counts = new Float64Array(terms.length);
  const touched: number[] = [];
  const write = (row: number, offset: number, out: SparseBuilder) => {
    touched.length = 0;
    index.visit(tokenized.documents[row] ?? new Int32Array(0), (level, id) => {
      const column = columnOf[level]?.[id] ?? -1;
      if (column < 0) return;
      if (counts[column] === 0) touched.push(column);
      counts[column] = (counts[column] ?? 0) + 1;
    });
    const begin = out.length;
    let squares = 0;
    for (const column of touched.sort((a, b) => a - b)) {
      const value = (counts[column] ?? 0) * (idf[column] ?? 0);
      counts[column] = 0;
      squares += value * value;
      out.add(offset + column, value);
    }
    if (squares > 0) out.scaleFrom(begin, 1 / Math.sqrt(squares));
  };
  return { encoder: { kind: 'text', name, terms, idf, width: terms.length }, write };
}

function chooseTerms(index: NgramIndex, size: number, minDocuments: number) {
  const cut = cutoff(index, size, minDocuments);
  const columnOf: Int32Array[] = [];
  const terms: string[][] = [];
  const frequencies: number[] = [];
  let atCutoff = cut.room;
  for (const level of index.levels) {
    const columns = new Int32Array(level.size).fill(-1);
    for (let id = 0; id < level.size; id += 1) {
      const documents = level.documentsOf(id);
      if (documents < cut.documents) continue;
      if (documents === cut.documents) {
        if (atCutoff === 0) continue;
        atCutoff -= 1;
      }
      columns[id] = terms.length;
      terms.push(level.textOf(id));
      frequencies.push(documents);
    }
    columnOf.push(columns);
  }
  return { columnOf, terms, frequencies };
}

/** The document frequency at which the vocabulary is full, and how many terms of exactly that frequency still fit. */
function cutoff(index: NgramIndex, size: number, minDocuments: number): { documents: number; room: number } {
  const histogram = new Map<number, number>();
  for (const level of index.levels) {
    for (let id = 0; id < level.size; id += 1) {
      const documents = level.documentsOf(id);
      if (documents >= minDocuments) histogram.set(documents, (histogram.get(documents) ?? 0) + 1);
    }
  }
  let room = size;
  for (const [documents, count] of [...histogram].sort((a, b) => b[0] - a[0])) {
    if (count >= room) return { documents, room };
    room -= count;
  }
  return { documents: minDocuments, room: size };
}
