import { exhaustiveSize, smallSets } from '#server/domain/explain/counterfactual.ts';
import { splitWords, type Word, withoutSpans } from '#server/domain/explain/words.ts';
import type { Cell, Counterfactual, FieldExplanation } from './explanations.schema.ts';

type Row = Readonly<Record<string, Cell>>;
/** Answers [n] of whole columns. */
export type AskLabels = (columns: Record<string, Cell[]>, n: number) => Promise<string[]>;
type Candidate = { key: string; words: Word[]; contribution: number };

const CANDIDATES = 12;
const EXHAUSTIVE = 300;
const MOST_REMOVED = 40;

/**
 * The smallest set of words without which the graph answers something else. All sets of the words that speak most for the
 * answer are tried up to three words; beyond that words go one after another, and those that turn out not to be needed come back.
 */
export async function findWordCounterfactual(o: {
  row: Row;
  label: string;
  field: FieldExplanation;
  ask: AskLabels;
}): Promise<Counterfactual> {
  const text = String(o.row[o.field.name] ?? '');
  const ranked = rankWords(text, o.field);
  let tried = 0;
  const ask = async (sets: readonly (readonly Candidate[])[]): Promise<string[]> => {
    tried += sets.length;
    const columns = Object.fromEntries(
      Object.entries(o.row).map(([name, value]) => [
        name,
        sets.map(
          (set): Cell =>
            name === o.field.name
              ? withoutSpans(
                  text,
                  set.flatMap((one) => one.words),
                )
              : value,
        ),
      ]),
    );
    return sets.length === 0 ? [] : o.ask(columns, sets.length);
  };
  const found = (set: readonly Candidate[], label: string, smallest: boolean): Counterfactual => {
    const words = set.map((one) => text.slice(one.words[0]?.from, one.words[0]?.to));
    return {
      kind: 'words',
      field: o.field.name,
      words,
      spans: set.flatMap((one) => one.words.map(({ from, to }) => ({ from, to }))).sort((a, b) => a.from - b.from),
      label,
      smallest,
      tried,
      sentence: `It would be ${label} without ${countWords(words.length)}: ${words.map((word) => `“${word}”`).join(', ')}.`,
    };
  };
  const first = ranked.slice(0, CANDIDATES);
  const sets = smallSets(first.length, 3, EXHAUSTIVE).map((set) => set.flatMap((at) => first[at] ?? []));
  for (const size of [1, 2, 3]) {
    const level = sets.filter((set) => set.length === size);
    const labels = await ask(level);
    const at = labels.findIndex((label) => label !== o.label);
    if (at >= 0) return found(level[at] ?? [], labels[at] ?? '', size <= exhaustiveSize(first.length, 3, EXHAUSTIVE));
  }
  const grown = ranked.slice(0, MOST_REMOVED).map((_, i) => ranked.slice(0, i + 1));
  const labels = await ask(grown);
  const at = labels.findIndex((label) => label !== o.label);
  if (at < 0) {
    const sentence =
      ranked.length === 0
        ? 'There is no word that could be left out.'
        : `It stays ${o.label} also without the ${countWords(Math.min(ranked.length, MOST_REMOVED)).replace('these ', '').replace('this ', '')} that speak most for it.`;
    return { kind: 'none', tried, sentence };
  }
  const kept = await prune(grown[at] ?? [], o.label, ask);
  return found(kept, (await ask([kept]))[0] ?? '', false);
}

/** Puts back, one after another, every word without which the answer changes all the same. */
async function prune(
  set: readonly Candidate[],
  label: string,
  ask: (sets: readonly (readonly Candidate[])[]) => Promise<string[]>,
): Promise<Candidate[]> {
  let kept = [...set];
  for (const one of [...set].reverse()) {
    const without = kept.filter((other) => other !== one);
    const [answer] = without.length === 0 ? [label] : await ask([without]);
    if (answer !== label) kept = without;
  }
  return kept;
}

/** Distinct words by what they add for the answer, the strongest first; those that speak against it are left out. */
function rankWords(text: string, field: FieldExplanation): Candidate[] {
  const contributionAt = (word: Word) =>
    (field.words ?? []).reduce((sum, own) => sum + (own.from >= word.from && own.from < word.to ? own.contribution : 0), 0);
  const byKey = Map.groupBy(splitWords(text), (word) => word.key);
  return [...byKey]
    .map(([key, words]) => ({ key, words, contribution: words.reduce((sum, word) => sum + contributionAt(word), 0) }))
    .filter((one) => one.contribution > 0)
    .sort((a, b) => b.contribution - a.contribution);
}

function countWords(n: number): string {
  const names = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
  return n === 1 ? 'this one word' : `these ${names[n] ?? n} words`;
}
