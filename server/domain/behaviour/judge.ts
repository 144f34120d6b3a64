/** Whether the answers of a model fulfil what its rows expect. A row passes when all of its inputs do (CheckList's reckoning). */
import { describeExpectation, type Expectation } from './notation.ts';
import type { PlannedTest, TestPlan } from './plan.ts';
import type { Answers, CaseAnswer, TestedModel, TestResult } from './test.schema.ts';

const SHOWN = 5;
/** Probabilities are 32-bit floats: what differs by less is the same. */
const EPSILON = 1e-6;

/**
 * @param answers to `plan.columns`, in that order
 * @param failures messages by place in the batch, of inputs that the graph can't answer
 */
export function judgeTests(
  plan: TestPlan,
  answers: Answers,
  model: TestedModel,
  failures: ReadonlyMap<number, string> = new Map(),
): TestResult[] {
  const read = (at: number, expectation: Expectation, what: string | null): CaseAnswer => {
    const error = failures.get(at) ?? null;
    const k = model.classes?.length ?? 0;
    const probability = (name: string | null) => {
      const index = name === null ? -1 : (model.classes?.indexOf(name) ?? -1);
      return index < 0 ? null : (answers.scores[at * k + index] ?? null);
    };
    const label = error === null && model.classes !== null ? (answers.labels[at] ?? null) : null;
    const value = error === null ? (answers.values?.[at] ?? null) : null;
    const looked = 'class' in expectation ? expectation.class : null;
    const score = error !== null ? null : model.classes === null ? value : probability(looked ?? label);
    return { what, label, confidence: error === null ? probability(label) : null, score, ok: false, error, input: null };
  };
  return plan.tests.map((planned) => judgeTest(planned, (at, expectation, what) => read(at, expectation, what), answers, model));
}

type Read = (at: number, expectation: Expectation, what: string | null) => CaseAnswer;

function judgeTest(planned: PlannedTest, read: Read, answers: Answers, model: TestedModel): TestResult {
  const { test, expectation, problem, at, variants } = planned;
  const bare = { id: test.id, base: null, variants: 0, failedVariants: 0, failing: [] };
  if (!expectation || problem !== null) return { ...bare, status: 'invalid', sentence: problem ?? 'This row can’t be asked.' };
  const base = read(at, expectation, null);
  const alone = expectation.kind === 'answer' || expectation.kind === 'score';
  base.ok = base.error === null && (alone ? holdsAlone(expectation, base) : true);
  const after = variants.map((variant, index): CaseAnswer => {
    const place = at + 1 + index;
    const one = read(place, expectation, variant.what);
    const moved = scoreOf(base.label, place, answers, model);
    one.ok =
      one.error === null &&
      base.error === null &&
      holdsAfter(expectation, base, expectation.kind === 'same' ? { ...one, score: moved ?? one.score } : one);
    return { ...one, input: one.ok ? null : variant.input };
  });
  const broken = after.filter((one) => !one.ok);
  const crashed = [base, ...after].find((one) => one.error !== null);
  const status = crashed ? 'crashed' : base.ok && broken.length === 0 ? 'passed' : 'failed';
  return {
    id: test.id,
    status,
    sentence: sentenceOf(expectation, { base, after, broken, crashed }),
    base,
    variants: after.length,
    failedVariants: broken.length,
    failing: broken.slice(0, SHOWN),
  };
}

/** The score of the class that the unchanged input got, at another place: what may move by no more than the tolerance. */
function scoreOf(label: string | null, at: number, answers: Answers, model: TestedModel): number | null {
  const index = label === null ? -1 : (model.classes?.indexOf(label) ?? -1);
  return index < 0 ? null : (answers.scores[at * (model.classes?.length ?? 0) + index] ?? null);
}

function holdsAlone(expectation: Expectation, answer: CaseAnswer): boolean {
  if (expectation.kind === 'answer') return (answer.label === expectation.class) === expectation.is;
  if (expectation.kind !== 'score' || answer.score === null) return false;
  return answer.score >= expectation.from - EPSILON && answer.score <= expectation.to + EPSILON;
}

function holdsAfter(expectation: Expectation, base: CaseAnswer, after: CaseAnswer): boolean {
  const moved = base.score === null || after.score === null ? null : after.score - base.score;
  if (expectation.kind === 'same') {
    if (base.label !== null && after.label !== base.label) return false;
    if (expectation.within === null) return base.label !== null || moved === null || Math.abs(moved) <= EPSILON;
    return moved !== null && Math.abs(moved) <= expectation.within + EPSILON;
  }
  if (expectation.kind !== 'move' || moved === null) return false;
  const towards = expectation.direction === 'up' ? moved : -moved;
  return expectation.by > 0 ? towards >= expectation.by - EPSILON : towards > 0;
}

function sentenceOf(
  expectation: Expectation,
  o: { base: CaseAnswer; after: CaseAnswer[]; broken: CaseAnswer[]; crashed: CaseAnswer | undefined },
): string {
  if (o.crashed) return `No answer${o.crashed.what ? ` with ${o.crashed.what}` : ''}: ${o.crashed.error}`;
  const said = (one: CaseAnswer) => (one.label === null ? figure(one.score) : `${one.label} ${figure(one.confidence)}`.trim());
  if (o.after.length === 0)
    return o.base.ok ? `It says ${said(o.base)}.` : `It says ${said(o.base)}; expected: ${describeExpectation(expectation)}.`;
  const first = o.broken[0];
  if (!first) return `${o.after.length === 1 ? 'The change' : `All ${o.after.length} changes`}: as expected.`;
  const many = o.after.length === 1 ? '' : `${o.broken.length} of ${o.after.length}: `;
  if (expectation.kind === 'move') return `${many}${figure(o.base.score)} to ${figure(first.score)} with ${first.what}.`;
  return `${many}${said(o.base)} to ${said(first)} with ${first.what}.`;
}

function figure(value: number | null): string {
  if (value === null) return '';
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2);
}
