import type { CardSection, ModelCard } from './card.schema.ts';

export type CardChange = { section: string; what: string; before: string | null; after: string | null };

/** What differs between two cards: facts, tables and texts, section by section. */
export function diffCards(before: ModelCard, after: ModelCard): CardChange[] {
  const old = new Map(before.sections.map((section) => [section.id, section]));
  return after.sections.flatMap((section) => {
    const other = old.get(section.id);
    const [a, b] = [other ? partsOf(other) : new Map<string, string>(), partsOf(section)];
    return [...new Set([...a.keys(), ...b.keys()])]
      .filter((what) => a.get(what) !== b.get(what))
      .map((what) => ({ section: section.title, what, before: a.get(what) ?? null, after: b.get(what) ?? null }));
  });
}

function partsOf(section: CardSection): Map<string, string> {
  return new Map([
    ...section.facts.map(({ term, value }): [string, string] => [term, value]),
    ...section.tables.flatMap(({ title, rows }) =>
      rows.map(([first = '', ...rest]): [string, string] => [`${title}: ${first}`, rest.join(' · ')]),
    ),
    ...section.texts
      .filter(({ text }) => text.trim() !== '')
      .map(({ question, text }): [string, string] => [question, text.trim()]),
  ]);
}
