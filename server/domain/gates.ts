/** Whether a version's evidence suffices for a stage: every gate is a condition over facts, judged with its figure and words. */
import type { Fact, FactTable } from './evidence/section.schema.ts';
import type { GateResult, GateRule } from './gates.schema.ts';
import { hash32 } from './hash.ts';
import { parseExpression } from './query/expression.ts';
import { type FactBook, factBook } from './query/facts.ts';
import { evaluateGate } from './query/gate.ts';
import { joinPath } from './query/path.ts';

export type GateFacts = {
  facts: readonly Fact[];
  tables: readonly FactTable[];
  /** What to say instead of a bare figure, by its key: "Nothing is in that stage yet." */
  words?: ReadonlyMap<string, string>;
};

/**
 * The gates of whoever set none: F1 of the class that matters, accuracy of every slice of 50 rows, not worse than what
 * is there, judged on rows that neither version learned from.
 */
export function usualGates(positive: string | null): GateRule[] {
  const figure = positive === null ? 'macro_f1' : joinPath(['f1', positive]);
  const every = { stage: null, blocking: true, description: '' };
  return [
    {
      ...every,
      id: 'f1',
      name: positive === null ? 'F1, mean of all classes' : `F1 of ${positive}`,
      expression: `${figure} >= 0.94`,
    },
    { ...every, id: 'slices', name: 'Every slice', expression: 'slices.min(accuracy, n >= 50) >= 0.85' },
    {
      ...every,
      id: 'incumbent',
      name: 'Not worse than what is there',
      expression: `incumbent.exists = 0 or difference.${figure}.lower > -0.03`,
    },
    { ...every, id: 'unseen', name: 'Rows that neither version learned from', expression: 'overlap.rows = 0' },
  ];
}

/** The gates that guard a stage. */
export function gatesFor(rules: readonly GateRule[], stage: string): GateRule[] {
  return rules.filter((rule) => rule.stage === null || rule.stage === stage);
}

/** Facts by key, for many gates. */
export function gateBook(given: GateFacts): FactBook {
  return factBook(given);
}

/** Judges one gate. A condition that can't be read, or a figure that isn't there, never passes. */
export function judgeGate(rule: GateRule, book: FactBook): GateResult {
  const base = { id: rule.id, title: rule.name, expression: rule.expression, blocking: rule.blocking, method: null };
  const none = { figure: null, lower: null, upper: null, threshold: null, n: 0 };
  const parsed = parseExpression(rule.expression);
  if (!parsed.ok) {
    const sentence = `The condition can't be read: ${parsed.errors[0]?.message ?? 'it is empty.'}`;
    return { ...base, ...none, passed: false, judged: false, sentence, missing: [] };
  }
  const { value, sentence, missing, shown } = evaluateGate(parsed.ast, book);
  const figures = shown
    ? { figure: shown.estimate, lower: shown.lower, upper: shown.upper, threshold: shown.threshold, n: shown.n ?? 0 }
    : none;
  return { ...base, ...figures, passed: value === true, judged: value !== null, sentence, missing };
}

/** Judges all gates of a stage. */
export function judgeGates(rules: readonly GateRule[], given: GateFacts): GateResult[] {
  const book = gateBook(given);
  return rules.map((rule) => judgeGate(rule, book));
}

/** Whether nothing blocks: every blocking gate passed. */
export function nothingBlocks(gates: readonly Pick<GateResult, 'passed' | 'blocking'>[]): boolean {
  return gates.every((gate) => gate.passed || !gate.blocking);
}

/** A text that changes when what the gates ask changes; names and descriptions don't count. */
export function gatesHash(rules: readonly GateRule[]): string {
  const asked = JSON.stringify(rules.map(({ id, stage, expression, blocking }) => [id, stage, expression, blocking]));
  return [hash32(asked), hash32(asked, 1)].map((part) => part.toString(16).padStart(8, '0')).join('');
}
