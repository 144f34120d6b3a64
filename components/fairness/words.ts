import { formatNumber } from '#components/ui/format.ts';
import { DEFINITION_WORDS, type Definition } from '#server/domain/fairness/definitions.ts';
import type { FairnessRule } from '#server/domain/fairness/policy.schema.ts';
import { subjectOf } from '#server/domain/fairness/policy.schema.ts';
import type { FairnessData, RepresentationView } from '#server/features/fairness/fairness.schema.ts';

export const RATE_WORDS = {
  selection_rate: { title: 'gets the answer', note: 'selection rate: share of rows that are answered with this class' },
  tpr: { title: 'true positive rate', note: 'of those to whom the answer is due, the share that gets it' },
  fpr: { title: 'false positive rate', note: 'of those to whom it is not due, the share that gets it all the same' },
  precision: { title: 'precision', note: 'of those that get the answer, the share that is due it' },
  accuracy: { title: 'accuracy', note: 'share of right answers' },
} as const;

/** The limit of a rule in words: "at most 0.1". */
export function limitWords(rule: Pick<FairnessRule, 'definition' | 'limit'>): string {
  return `${DEFINITION_WORDS[rule.definition].better === 'low' ? 'at most' : 'at least'} ${Number(rule.limit.toPrecision(4))}`;
}

/** "Equal opportunity by region, at most 0.1" */
export function ruleWords(rule: FairnessRule): string {
  return `${DEFINITION_WORDS[rule.definition].title} by ${subjectOf(rule.columns)}, ${limitWords(rule)}`;
}

/** Where a figure of this definition may lie. */
export function allowedZone(definition: Definition, limit: number, domain: readonly [number, number]): [number, number] {
  return DEFINITION_WORDS[definition].better === 'low' ? [domain[0], limit] : [limit, domain[1]];
}

/** The axis on which rules stand: shares on 0 to 1, other figures as wide as they and their limits reach. */
export function axisOf(definition: Definition, limit: number, upper: number): [number, number] {
  return DEFINITION_WORDS[definition].limit === null ? [0, Math.max(limit, upper) * 1.1 || 1] : [0, 1];
}

/** The sentence that answers: does the model keep to what was agreed? */
export function verdictOf(data: FairnessData): { sentence: string; tone: 'good' | 'bad' | 'quiet' } {
  const all = data.judgements.length;
  if (all === 0)
    return { sentence: 'Nobody has said yet what fair means for this model. These are figures, not a judgement.', tone: 'quiet' };
  const broken = data.judgements.filter((one) => one.keeps === false);
  const unknown = data.judgements.filter((one) => one.keeps === null);
  if (broken.length > 0)
    return {
      sentence: `${broken.length} of ${all} rules ${broken.length === 1 ? 'isn’t' : 'aren’t'} kept: ${broken.map((one) => ruleWords(one.rule)).join('; ')}.`,
      tone: 'bad',
    };
  if (unknown.length === all) {
    return {
      sentence: all === 1 ? 'The rule can’t be judged on these rows.' : 'None of the rules can be judged on these rows.',
      tone: 'quiet',
    };
  }
  if (unknown.length > 0)
    return {
      sentence: `${all - unknown.length} of ${all} rules are kept; ${unknown.length} can’t be judged on these rows.`,
      tone: 'quiet',
    };
  return { sentence: all === 1 ? 'The rule is kept.' : `All ${all} rules are kept.`, tone: 'good' };
}

/** What the test of representation says, a sentence first. */
export function representationWords({ p, reliable, outside, n }: RepresentationView): string {
  const rest = outside > 0 ? ` ${formatNumber(outside)} rows have another value or none.` : '';
  if (p === null) return `The groups can’t be compared with the stated population.${rest}`;
  const hint = reliable ? '' : ' Some groups are expected to have fewer than 5 rows, so take it as a hint.';
  const verdict =
    p < 0.05
      ? `The ${formatNumber(n)} rows aren’t as the stated population is (chi-square test, p ${p < 0.001 ? '< 0.001' : `= ${formatNumber(p, 3)}`}).`
      : `The ${formatNumber(n)} rows are as the stated population is, as far as they can show (chi-square test, p = ${formatNumber(p, 3)}).`;
  return verdict + hint + rest;
}
