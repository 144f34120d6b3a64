/** Which figure a rule looks at, and what it says of it in words. */
import type { Interval } from '../stats/interval.schema.ts';
import { DEFINITION_WORDS, type Definition, keepsLimit } from './definitions.ts';
import type { Disparity } from './disparity.ts';

/** The parts of an assessed column that rules look at. */
export type JudgedColumn = {
  subject: string;
  classes: readonly { class: string; disparities: readonly Disparity[] }[];
  numbers: { disparities: readonly Disparity[] } | null;
  flipped: { interval: Interval | null };
};

export type Worst = { interval: Interval | null; class: string | null; low: string | null; high: string | null };

/** The figure of a definition; of several classes the worst one's. All null where none of them has the figure. */
export function worstOf(column: JudgedColumn, definition: Definition): Worst {
  if (definition === 'flipped') return { interval: column.flipped.interval, class: null, low: null, high: null };
  const sources = column.numbers ? [{ class: null, disparities: column.numbers.disparities }] : column.classes;
  const found = sources.flatMap((source) => {
    const own = source.disparities.find((one) => one.definition === definition);
    return own?.interval ? [{ interval: own.interval, class: source.class, low: own.low, high: own.high }] : [];
  });
  const sign = DEFINITION_WORDS[definition].better === 'low' ? -1 : 1;
  const [worst] = found.sort((a, b) => sign * (a.interval.estimate - b.interval.estimate));
  if (!worst) return { interval: null, class: null, low: null, high: null };
  return { ...worst, class: sources.length > 1 ? worst.class : null };
}

/** A rule's verdict with its sentence. */
export function judgeRule(
  column: JudgedColumn | null,
  rule: { definition: Definition; limit: number },
  subject: string,
): Worst & { keeps: boolean | null; sentence: string } {
  const words = DEFINITION_WORDS[rule.definition];
  if (!column) {
    const sentence = `${words.title} by ${subject}: the gold rows have no such column, so nothing could be judged.`;
    return { interval: null, class: null, low: null, high: null, keeps: null, sentence };
  }
  const worst = worstOf(column, rule.definition);
  const keeps = keepsLimit(rule.definition, worst.interval?.estimate ?? null, rule.limit);
  return { ...worst, keeps, sentence: sentenceOf(rule, subject, worst, keeps) };
}

function sentenceOf(
  rule: { definition: Definition; limit: number },
  subject: string,
  worst: Worst,
  keeps: boolean | null,
): string {
  const words = DEFINITION_WORDS[rule.definition];
  const limit = `${words.better === 'low' ? 'at most' : 'at least'} ${short(rule.limit)}`;
  if (!worst.interval) {
    return `${words.title} by ${subject} can’t be judged (${limit} is asked for): there are not two groups with enough rows, or the figure doesn’t exist.`;
  }
  const of = worst.class === null ? '' : ` for ${worst.class}`;
  const ends =
    worst.low !== null && worst.high !== null && worst.low !== worst.high ? `, from ${worst.low} to ${worst.high}` : '';
  const { estimate, lower, upper } = worst.interval;
  return `${words.title} by ${subject}${of} is ${short(estimate)} (95 % interval ${short(lower)} to ${short(upper)}${ends}); ${limit} is asked for${keeps ? '' : ', so it isn’t kept'}.`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
