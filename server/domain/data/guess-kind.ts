/** What was counted in the first rows of one column, over cells that aren't empty. */
export type ColumnFacts = {
  name: string;
  filled: number;
  distinct: number;
  numbers: number;
  integers: number;
  times: number;
  averageLength: number;
  withSpaces: number;
};

export type Guess = { kind: 'text' | 'number' | 'category' | 'label' | 'time' | 'key' | 'ignore'; why: string };

const KEY_NAME = /(^|[_\s-])(id|key|uuid|guid|nr|no)$/i;
const LABEL_NAME = /^(label|class|target)$/i;
const MAYBE_LABEL_NAME = /^(y|outcome|category|species|verdict|weather)$/i;

/** What a column is probably for, and why; a person confirms it. Rules in their order, the first that holds. */
export function guessKind(facts: ColumnFacts): Guess {
  const { filled, distinct } = facts;
  if (filled === 0) return { kind: 'ignore', why: 'empty in all rows looked at' };
  const repeats = distinct < filled;
  const labelName = LABEL_NAME.test(facts.name) || (repeats && MAYBE_LABEL_NAME.test(facts.name));
  if (labelName && distinct <= 100) return { kind: 'label', why: `called ${facts.name}, ${distinct} values` };
  if (!repeats && filled > 1 && KEY_NAME.test(facts.name)) return { kind: 'key', why: 'each value comes once' };
  if (facts.times === filled) return { kind: 'time', why: 'every value is a date or a time' };
  if (facts.numbers === filled) return { kind: 'number', why: 'every value is a number' };
  if (facts.numbers / filled >= 0.95) {
    return { kind: 'number', why: `${filled - facts.numbers} of ${filled} values aren't numbers: their rows go to quarantine` };
  }
  if (facts.averageLength <= 40 && distinct <= Math.max(20, filled * 0.5)) {
    return { kind: 'category', why: `${distinct} different short values` };
  }
  return { kind: 'text', why: `on average ${Math.round(facts.averageLength)} characters` };
}

/** One key and one label at most: later ones become what they would be without their name. */
export function settleGuesses(guesses: readonly Guess[]): Guess[] {
  const seen = new Set<string>();
  return guesses.map((guess) => {
    if (guess.kind !== 'key' && guess.kind !== 'label') return guess;
    if (seen.has(guess.kind)) return { kind: guess.kind === 'key' ? 'text' : 'category', why: guess.why };
    seen.add(guess.kind);
    return guess;
  });
}
