/** Facts and tables of the evidence, found by key. `f1.spam.lower` is an end of the interval of `f1.spam`. */
import type { Fact, FactTable } from '../evidence/section.schema.ts';
import { joinPath, splitPath } from './path.ts';

const ASPECTS = ['estimate', 'lower', 'upper', 'n'] as const;
export type Aspect = (typeof ASPECTS)[number];

export type FactBook = {
  facts: ReadonlyMap<string, Fact>;
  tables: ReadonlyMap<string, FactTable['rows']>;
  /** What to say instead of a figure, by its key. */
  words: ReadonlyMap<string, string>;
};
export type FoundFact = { path: string; fact: Fact; aspect: Aspect; value: number | null };

/** Facts by key, the last of a key winning; made once for many conditions. */
export function factBook(given: {
  facts: readonly Fact[];
  tables: readonly FactTable[];
  words?: ReadonlyMap<string, string>;
}): FactBook {
  return {
    facts: new Map(given.facts.map((fact) => [joinPath(splitPath(fact.path) ?? [fact.path]), fact])),
    tables: new Map(given.tables.map((table) => [table.name, table.rows])),
    words: given.words ?? new Map(),
  };
}

/** The figure that a key names: a fact of that very name first, else an aspect of the fact before its last dot. */
export function findFact(book: FactBook, parts: readonly string[]): FoundFact | null {
  const path = joinPath(parts);
  const exact = book.facts.get(path);
  if (exact) return { path, fact: exact, aspect: 'estimate', value: exact.estimate };
  const aspect = ASPECTS.find((one) => one === parts.at(-1));
  const whole = joinPath(parts.slice(0, -1));
  const fact = aspect && book.facts.get(whole);
  return fact ? { path: whole, fact, aspect, value: fact[aspect] } : null;
}
