import type { Stage } from '#server/domain/stages.schema.ts';
import { isServing, titleOf } from '#server/domain/stages.ts';
import type { RolloutDetail } from '#server/features/deployments/rollouts.schema.ts';

type Told = Pick<RolloutDetail, 'status' | 'candidate' | 'baseline' | 'weight' | 'now' | 'endReason'>;

/** What one must know in a second: how much goes where, and whether anything is worse. */
export function rolloutSentence(rollout: Told, stages: readonly Stage[]): string {
  const [candidate, baseline] = [`v${rollout.candidate.number}`, `v${rollout.baseline.number}`];
  if (rollout.status === 'completed') {
    return isServing(stages, rollout.candidate.stage)
      ? `${candidate} answers all requests and is in ${titleOf(stages, rollout.candidate.stage)}.`
      : `${candidate} took over all requests from ${baseline}.`;
  }
  if (rollout.status === 'rolled_back') return `${candidate} was rolled back. ${baseline} went on to answer all requests.`;
  const share = shareWords(rollout.weight);
  if (rollout.status === 'paused') return `Paused: ${share} go to ${candidate}, and nothing is judged.`;
  if (!rollout.now?.served) return `The gateways are loading ${candidate} for its next share.`;
  const worse = rollout.now.checks.find((check) => check.verdict === 'breaks');
  if (worse) return `${share} go to ${candidate}, and its ${worse.name} is worse.`.replace(/^./, (first) => first.toUpperCase());
  const holds = rollout.now.checks.every((check) => check.verdict === 'holds');
  const so = holds ? 'and nothing is worse so far' : 'and there is too little to judge by yet';
  return `${share} go to ${candidate}, ${so}.`.replace(/^./, (first) => first.toUpperCase());
}

/** The second line: what is waited for, or how it ended. */
export function rolloutExplanation(rollout: Told): string {
  if (rollout.endReason) return rollout.endReason.startsWith('by ') ? `Rolled back ${rollout.endReason}` : rollout.endReason;
  if (rollout.status === 'paused') return 'Resume to let it be judged again, or roll back.';
  if (!rollout.now) return '';
  if (!rollout.now.served) return 'Until they have, every request is answered as before.';
  return `${failures(rollout)} ${rollout.now.sentence}`;
}

function failures({ now, candidate }: Told): string {
  const { errors, requests } = now?.candidate ?? { errors: 0, requests: 0 };
  if (requests === 0) return `No request has reached v${candidate.number} in this step yet.`;
  return errors === 0 ? 'No request failed in this step.' : `${errors} of ${requests} requests failed in this step.`;
}

function shareWords(weight: number): string {
  if (weight >= 1) return 'all requests';
  if (weight === 0.5) return 'half of the requests';
  return `${Number((weight * 100).toFixed(1))} % of the requests`;
}
