/**
 * Whether a canary may go on. A pure function of what both versions did.
 *
 * Three checks, each a difference candidate - baseline with a two-sided 95 % interval and a margin:
 * - error rate and accuracy: difference of proportions, Newcombe's hybrid score interval (1998, method 10);
 * - latency: difference of the 95th percentiles, from the order-statistic interval of each arm at 97.5 % (Bonferroni: both
 *   hold together at 95 % or more).
 *
 * "Worse" is worse than the margin allows. A check
 * - waits while there is too little to judge by: fewer requests (or outcomes) than the step asks for;
 * - breaks when the estimate is past the margin AND a 99 % interval lies wholly on the bad side of no difference (99 %, because
 *   a step is judged many times while figures come in, and each look is a chance to err);
 * - holds when the estimate is within the margin;
 * - waits when the estimate is past the margin but the interval still reaches no difference.
 * So a step is never passed on an estimate worse than the margin, and never failed on what chance explains.
 *
 * A step is rolled back when a check breaks with its whole 99 % interval past the margin, or breaks in two judgements in a row.
 * It is advanced when all checks hold and the hold time is over. How often that errs is simulated in the test beside.
 */
import { newcombeInterval } from '../stats/proportions.ts';
import type { QuantileInterval } from '../stats/quantiles.ts';
import type { RolloutLimits, RolloutPlan, RolloutStep } from './plan.schema.ts';
import { sentenceOf } from './sentences.ts';

/** What one version did in the time that is judged. `latency` is its 95th percentile in ms with its 97.5 % interval. */
export type ArmStats = { requests: number; errors: number; outcomes: number; correct: number; latency: QuantileInterval | null };

export type Verdict = 'holds' | 'breaks' | 'wait';
export type Action = 'wait' | 'advance' | 'complete' | 'roll_back';
export type CheckName = 'error rate' | 'latency' | 'accuracy';

/** One comparison. `n` is what the candidate's side rests on, `needed` what the step asks for. */
export type Check = {
  name: CheckName;
  test: string;
  /** Candidate minus baseline: shares, or milliseconds; null when there is nothing to compare. */
  estimate: number | null;
  lower: number | null;
  upper: number | null;
  margin: number;
  n: number;
  needed: number;
  verdict: Verdict;
  /** The whole 99 % interval lies past the margin. */
  certain: boolean;
};

export type Judgement = { verdict: Verdict; action: Action; checks: Check[]; sentence: string };

/** Confidence of each arm's own latency interval. */
export const LATENCY_ARM_CONFIDENCE = 0.975;
/** The judged quantile of latency. */
export const LATENCY_QUANTILE = 0.95;

const CONFIDENCE = 0.95;
/** What a break must be shown with. */
const BREAK_CONFIDENCE = 0.99;

/**
 * Judges the present step.
 * @param o.elapsedMs time since the step began
 * @param o.baseline the version in production; when the step gives all to the candidate, what it did earlier in the rollout
 * @param o.previousVerdicts earlier verdicts of this step, newest last
 */
export function judgeStep(o: {
  plan: RolloutPlan;
  stepIndex: number;
  elapsedMs: number;
  baseline: ArmStats;
  candidate: ArmStats;
  previousVerdicts: readonly Verdict[];
}): Judgement {
  const step = o.plan.steps[o.stepIndex];
  if (!step) throw new RangeError(`The plan has no step ${o.stepIndex}.`);
  const { limits } = o.plan;
  const checks = [
    errorRateCheck(o.baseline, o.candidate, step, limits),
    latencyCheck(o.baseline, o.candidate, step, limits),
    accuracyCheck(o.baseline, o.candidate, step, limits),
  ];
  const verdict = overall(checks);
  const held = o.elapsedMs >= step.holdSeconds * 1000;
  const action = actionOf({
    verdict,
    checks,
    held,
    last: o.stepIndex === o.plan.steps.length - 1,
    before: o.previousVerdicts.at(-1),
  });
  return { verdict, action, checks, sentence: sentenceOf({ checks, verdict, action, step, elapsedMs: o.elapsedMs }) };
}

function overall(checks: readonly Check[]): Verdict {
  if (checks.some((check) => check.verdict === 'breaks')) return 'breaks';
  return checks.some((check) => check.verdict === 'wait') ? 'wait' : 'holds';
}

function actionOf(o: {
  verdict: Verdict;
  checks: readonly Check[];
  held: boolean;
  last: boolean;
  before: Verdict | undefined;
}): Action {
  if (o.verdict === 'breaks') {
    const certain = o.checks.some((check) => check.verdict === 'breaks' && check.certain);
    return certain || o.before === 'breaks' ? 'roll_back' : 'wait';
  }
  if (o.verdict === 'wait' || !o.held) return 'wait';
  return o.last ? 'complete' : 'advance';
}

function errorRateCheck(baseline: ArmStats, candidate: ArmStats, step: RolloutStep, limits: RolloutLimits): Check {
  const own = { successes: candidate.errors, n: candidate.requests };
  const other = { successes: baseline.errors, n: baseline.requests };
  return decide({
    name: 'error rate',
    test: "difference of proportions, Newcombe's interval",
    interval: newcombeInterval(own, other, CONFIDENCE),
    stern: newcombeInterval(own, other, BREAK_CONFIDENCE),
    margin: limits.errorRate,
    n: candidate.requests,
    needed: step.minRequests,
    worse: 1,
  });
}

function latencyCheck(baseline: ArmStats, candidate: ArmStats, step: RolloutStep, limits: RolloutLimits): Check {
  const [own, other] = [candidate.latency, baseline.latency];
  const interval = own &&
    other && {
      estimate: own.estimate - other.estimate,
      lower: own.lower === null || other.upper === null ? Number.NEGATIVE_INFINITY : own.lower - other.upper,
      upper: own.upper === null || other.lower === null ? Number.POSITIVE_INFINITY : own.upper - other.lower,
    };
  return decide({
    name: 'latency',
    test: 'difference of 95th percentiles, order-statistic intervals',
    interval,
    // Already wide: the difference of two intervals is wider than the interval of the difference.
    stern: interval,
    margin: limits.latencyMs,
    n: own?.n ?? 0,
    needed: step.minRequests,
    worse: 1,
  });
}

function accuracyCheck(baseline: ArmStats, candidate: ArmStats, step: RolloutStep, limits: RolloutLimits): Check {
  const own = { successes: candidate.correct, n: candidate.outcomes };
  const other = { successes: baseline.correct, n: baseline.outcomes };
  return decide({
    name: 'accuracy',
    test: "difference of proportions, Newcombe's interval",
    interval: newcombeInterval(own, other, CONFIDENCE),
    stern: newcombeInterval(own, other, BREAK_CONFIDENCE),
    margin: limits.accuracy,
    n: candidate.outcomes,
    needed: step.minOutcomes,
    worse: -1,
  });
}

function decide(o: {
  name: CheckName;
  test: string;
  interval: { estimate: number; lower: number; upper: number } | null;
  /** The same difference, at the confidence that a break needs. */
  stern: { lower: number; upper: number } | null;
  margin: number;
  n: number;
  needed: number;
  /** The sign of a difference for the worse. */
  worse: 1 | -1;
}): Check {
  const { interval, stern, margin, n, needed } = o;
  const base = { name: o.name, test: o.test, margin, n, needed };
  if (!interval || !stern) {
    // Nothing to compare: that blocks only where the plan asks for something.
    return { ...base, estimate: null, lower: null, upper: null, verdict: needed > 0 ? 'wait' : 'holds', certain: false };
  }
  // Turned so that more is worse; `least` is the end of the stern interval that is kindest to the candidate.
  const harm = interval.estimate * o.worse;
  const least = o.worse === 1 ? stern.lower : -stern.upper;
  const enough = n >= needed && n > 0;
  const verdict = !enough ? 'wait' : harm <= margin ? 'holds' : least > 0 ? 'breaks' : 'wait';
  return {
    ...base,
    estimate: interval.estimate,
    lower: finite(interval.lower),
    upper: finite(interval.upper),
    verdict,
    certain: enough && least > margin,
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
