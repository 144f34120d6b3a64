/** A judgement in plain words, for the screen and for the record. */
import type { Action, Check, Verdict } from './judge.ts';
import type { RolloutStep } from './plan.schema.ts';

type Told = { checks: readonly Check[]; verdict: Verdict; action: Action; step: RolloutStep; elapsedMs: number };

/** One or two sentences: what the decision rests on, or what is waited for. */
export function sentenceOf(o: Told): string {
  const broken = o.checks.find((check) => check.verdict === 'breaks');
  if (broken) {
    const worse = `The candidate's ${broken.name} is worse than the margin allows: ${differenceOf(broken)}.`;
    return o.action === 'roll_back' ? worse : `${worse} If the next judgement says the same, it is rolled back.`;
  }
  const short = o.checks.filter((check) => check.n < check.needed);
  const accuracyShort = short.find((check) => check.name === 'accuracy');
  const requestsShort = short.find((check) => check.name !== 'accuracy');
  if (requestsShort) return `Waits for requests: ${requestsShort.n} of ${requestsShort.needed}.`;
  if (accuracyShort) return `Waits for outcomes: ${accuracyShort.n} of ${accuracyShort.needed}.`;
  const doubtful = o.checks.find((check) => check.verdict === 'wait');
  if (doubtful?.estimate === null) return `Waits: there is no ${doubtful.name} of the version in production to compare with.`;
  if (doubtful) {
    return `Waits: the ${doubtful.name} looks worse than the margin allows (${differenceOf(doubtful)}), but that may be chance.`;
  }
  const accuracy = o.checks.find((check) => check.name === 'accuracy');
  const told =
    accuracy?.estimate == null ? 'Error rate and latency hold' : `All checks hold; accuracy: ${differenceOf(accuracy)}`;
  if (o.action !== 'wait') return `${told}.`;
  const left = Math.max(0, o.step.holdSeconds - o.elapsedMs / 1000);
  return `${told}. The step is held for ${Math.ceil(left)} s more.`;
}

/** A difference with its interval: "-4.2 points (95 % interval -9.1 to +0.7, margin 5), on 120 outcomes". */
export function differenceOf(check: Check): string {
  const unit = check.name === 'latency' ? ' ms' : ' points';
  const scale = check.name === 'latency' ? 1 : 100;
  const ends = [check.lower, check.upper].map((end) => (end === null ? 'unknown' : signed(end * scale)));
  const n = check.name === 'accuracy' ? `${check.n} outcomes` : `${check.n} requests`;
  const interval = `95 % interval ${ends.join(' to ')}, margin ${trim(check.margin * scale)}`;
  return `${signed((check.estimate ?? 0) * scale)}${unit} (${interval}), on ${n}`;
}

function signed(value: number): string {
  const text = trim(Math.abs(value));
  if (text === '0') return '0';
  return `${value < 0 ? '−' : '+'}${text}`;
}

function trim(value: number): string {
  return String(Number(value.toFixed(1)));
}
