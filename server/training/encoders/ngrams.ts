/**
 * The n-grams of a collection of texts, found level by level: a pair of tokens can only be frequent when both of its
 * tokens are (the Apriori principle of Agrawal and Srikant, 1994), so rare junk never becomes a pair or a triple.
 */
import { PairCounter } from '../pair-counter.ts';
import { tokenize } from '../tokens.ts';

/** Texts as token ids; ids are given in order of first appearance. */
export type TokenizedTexts = { documents: Int32Array[]; tokens: string[] };

/** How many tokens are worked on between two breaths of the generator. */
const TOKENS_BETWEEN_YIELDS = 100_000;

/** Tokenises texts; yields now and then so that the caller can do other things. */
export function* tokenizeTexts(texts: readonly (string | number | null)[]): Generator<void, TokenizedTexts> {
  const ids = new Map<string, number>();
  const tokens: string[] = [];
  const documents: Int32Array[] = [];
  let work = 0;
  for (const text of texts) {
    const words = tokenize(text === null ? null : String(text));
    const document = new Int32Array(words.length);
    words.forEach((word, i) => {
      let id = ids.get(word);
      if (id === undefined) {
        id = tokens.length;
        ids.set(word, id);
        tokens.push(word);
      }
      document[i] = id;
    });
    documents.push(document);
    work += words.length + 100;
    if (work > TOKENS_BETWEEN_YIELDS) {
      work = 0;
      yield;
    }
  }
  return { documents, tokens };
}

/** Document frequencies of one level, and how the n-gram that ends at a place is found. */
export type Level = { size: number; documentsOf: (id: number) => number; textOf: (id: number) => string[] };

export type NgramIndex = {
  levels: Level[];
  /** Calls back with (level, id) for every known n-gram of a document, level 0 being single tokens. */
  visit: (document: Int32Array, found: (level: number, id: number) => void) => void;
};

/**
 * Counts in how many of the given documents each n-gram occurs.
 * @param rows the documents to count in (the training part; others are only looked up later)
 * @param minDocuments rarer n-grams are not extended, and count as unknown in longer ones
 */
export function* countNgrams(
  texts: TokenizedTexts,
  o: { rows: readonly number[]; ngramMax: number; minDocuments: number },
): Generator<void, NgramIndex> {
  const frequency = new Int32Array(texts.tokens.length);
  const last = new Int32Array(texts.tokens.length).fill(-1);
  for (const row of o.rows) {
    for (const token of texts.documents[row] ?? []) {
      if (last[token] === row) continue;
      last[token] = row;
      frequency[token] = (frequency[token] ?? 0) + 1;
    }
  }
  yield;
  const tokensOf = (id: number) => [texts.tokens[id] ?? ''];
  const levels: Level[] = [{ size: texts.tokens.length, documentsOf: (id) => frequency[id] ?? 0, textOf: tokensOf }];
  const counters: PairCounter[] = [];
  const frequent = (level: number, id: number) => id >= 0 && (levels[level]?.documentsOf(id) ?? 0) >= o.minDocuments;

  /** The id of the n-gram of `level` that begins at `at`, or -1. */
  const idAt = (document: Int32Array, at: number, level: number): number => {
    let id = document[at] ?? -1;
    for (let n = 1; n <= level; n += 1) {
      if (!frequent(n - 1, id)) return -1;
      id = counters[n - 1]?.find(id, document[at + n] ?? -1) ?? -1;
    }
    return id;
  };

  for (let n = 1; n < o.ngramMax; n += 1) {
    const counter = new PairCounter();
    let work = 0;
    for (const row of o.rows) {
      const document = texts.documents[row] ?? new Int32Array(0);
      for (let at = 0; at + n < document.length; at += 1) {
        const prefix = idAt(document, at, n - 1);
        const suffix = idAt(document, at + 1, n - 1);
        if (frequent(n - 1, prefix) && frequent(n - 1, suffix)) counter.add(prefix, document[at + n] ?? 0, row);
      }
      work += document.length * n;
      if (work > TOKENS_BETWEEN_YIELDS) {
        work = 0;
        yield;
      }
    }
    counters.push(counter);
    const shorter = levels[n - 1]?.textOf ?? tokensOf;
    levels.push({
      size: counter.size,
      documentsOf: (id) => counter.documentsOf(id),
      textOf: (id) => {
        const [prefix, token] = counter.pairOf(id);
        return [...shorter(prefix), texts.tokens[token] ?? ''];
      },
    });
  }

  const visit = (document: Int32Array, found: (level: number, id: number) => void) => {
    for (let at = 0; at < document.length; at += 1) {
      let id = document[at] ?? -1;
      found(0, id);
      for (let n = 1; n < levels.length && at + n < document.length; n += 1) {
        if (!frequent(n - 1, id)) break;
        id = counters[n - 1]?.find(id, document[at + n] ?? -1) ?? -1;
        if (id < 0) break;
        found(n, id);
      }
    }
  };
  return { levels, visit };
}
