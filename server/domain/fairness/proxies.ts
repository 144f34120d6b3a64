/**
 * Columns that betray a protected one: how well each other column tells it. Categories, numbers (by quartile) and times (by
 * month) by Cramér's V; a text by a small classifier: naive Bayes on its words (multinomial, Laplace's rule; Manning, Raghavan
 * and Schütze, Introduction to Information Retrieval, chapter 13), judged on rows that it hasn't seen (two folds), as AUC of
 * the largest group against the rest. Chance: the 95 % quantile after shuffling the protected column.
 */
import type { Random } from '../random.ts';
import { areaUnderCurve, association } from './association.ts';
import type { Groups } from './groups.ts';

export type Proxy = {
  column: string;
  measure: 'cramers_v' | 'auc';
  value: number | null;
  /** What 19 of 20 shuffled columns stay below. */
  chance: number | null;
  /** Only beside Cramér's V. */
  mutualInformation: number | null;
  /** True when the value is above chance and strong enough to matter (V of 0.3, AUC of 0.7). */
  betrays: boolean;
};

const PERMUTATIONS = 100;
const PERMUTATIONS_OF_TEXT = 20;
const STRONG = { cramers_v: 0.3, auc: 0.7 } as const;
const TEXT_ROWS = 600;

/** How well groups of another column tell the protected groups. */
export function categoryProxy(protectedGroups: Groups, other: Groups, random: Random): Proxy {
  const own = association(protectedGroups.ofRow, other.ofRow);
  const shuffled = Int32Array.from(protectedGroups.ofRow);
  const chance =
    own.cramersV === null
      ? null
      : quantile(PERMUTATIONS, () => {
          shuffle(shuffled, random);
          return association(shuffled, other.ofRow).cramersV ?? 0;
        });
  return finish({
    column: other.column,
    measure: 'cramers_v',
    value: own.cramersV,
    chance,
    mutualInformation: own.mutualInformation,
  });
}

/** How well the words of a text tell whether a row is of the largest protected group. */
export function textProxy(
  protectedGroups: Groups,
  column: string,
  texts: readonly (string | number | null | undefined)[],
  random: Random,
): Proxy {
  const largest = protectedGroups.sizes.indexOf(Math.max(...protectedGroups.sizes));
  const rows = Math.min(TEXT_ROWS, protectedGroups.ofRow.length);
  const step = protectedGroups.ofRow.length / rows;
  const places = Array.from({ length: rows }, (_, i) => Math.floor(i * step));
  const words = wordIds(places.map((row) => texts[row]));
  const target = Int32Array.from(places, (row) => (protectedGroups.ofRow[row] === largest ? 1 : 0));
  const value = crossValidated(words, target);
  const shuffled = Int32Array.from(target);
  const chance =
    value === null
      ? null
      : quantile(PERMUTATIONS_OF_TEXT, () => {
          shuffle(shuffled, random);
          return crossValidated(words, shuffled) ?? 0.5;
        });
  return finish({ column, measure: 'auc', value, chance, mutualInformation: null });
}

function finish(proxy: Omit<Proxy, 'betrays'>): Proxy {
  const { value, chance, measure } = proxy;
  return { ...proxy, betrays: value !== null && chance !== null && value > chance && value >= STRONG[measure] };
}

type Words = { rows: Int32Array[]; size: number };

function wordIds(texts: readonly (string | number | null | undefined)[]): Words {
  const ids = new Map<string, number>();
  const rows = texts.map((text) => {
    const words = new Set(
      String(text ?? '')
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu) ?? [],
    );
    return Int32Array.from(words, (word) => {
      const id = ids.get(word) ?? ids.size;
      ids.set(word, id);
      return id;
    });
  });
  return { rows, size: ids.size };
}

/** AUC of naive Bayes, each half scored by the other. */
function crossValidated({ rows, size }: Words, target: Int32Array): number | null {
  const scores = new Float64Array(rows.length);
  for (const fold of [0, 1]) {
    const counts = [new Float64Array(size), new Float64Array(size)];
    const totals = [0, 0];
    rows.forEach((words, row) => {
      if (row % 2 === fold) return;
      const own = target[row] ?? 0;
      for (const word of words) (counts[own] as Float64Array)[word] = ((counts[own] as Float64Array)[word] ?? 0) + 1;
      totals[own] = (totals[own] ?? 0) + words.length;
    });
    const weight = Float64Array.from({ length: size }, (_, word) => {
      const share = (own: number) => ((counts[own]?.[word] ?? 0) + 1) / ((totals[own] ?? 0) + size);
      return Math.log(share(1)) - Math.log(share(0));
    });
    rows.forEach((words, row) => {
      if (row % 2 !== fold) return;
      scores[row] = words.reduce((sum, word) => sum + (weight[word] ?? 0), 0);
    });
  }
  const halves = [0, 1].map((fold) => {
    const mine = rows.flatMap((_, row) => (row % 2 === fold ? [row] : []));
    return areaUnderCurve(
      mine.map((row) => target[row] === 1),
      mine.map((row) => scores[row] ?? 0),
    );
  });
  const known = halves.filter((half) => half !== null);
  return known.length === 0 ? null : known.reduce((sum, half) => sum + half, 0) / known.length;
}

function quantile(rounds: number, draw: () => number): number {
  const values = Array.from({ length: rounds }, draw).sort((a, b) => a - b);
  return values[Math.ceil(0.95 * (rounds - 1))] ?? 0;
}

function shuffle(values: Int32Array, random: Random): void {
  values.set(random.shuffle(Array.from(values)));
}
