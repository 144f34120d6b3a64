import type { ProjectScope } from '#server/auth/actor.ts';
import { LATENCY_ARM_CONFIDENCE, LATENCY_QUANTILE } from '#server/domain/rollout/judge.ts';
import { type QuantileInterval, quantileRanks } from '#server/domain/stats/quantiles.ts';
import { messageOf } from '#server/errors.ts';
import { insertOutcomes, insertOutcomesStrictly, insertPredictions } from '#server/features/predictions/log.repo.ts';
import type { LoggedOutcome, OutcomeConflict } from '#server/features/predictions/log.schema.ts';
import {
  type ArmCounts,
  type ArmFilter,
  countArms,
  countBuckets,
  latenciesAt,
  type TrafficBucket,
} from '#server/features/predictions/statistics.repo.ts';
import { log } from '#server/log.ts';
import { db } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';

/** What one version did: figures for a rollout's judge. `latency` is the judged quantile in ms with its interval. */
export type ArmStatistics = {
  requests: number;
  errors: number;
  outcomes: number;
  correct: number;
  latency: QuantileInterval | null;
  p50: number | null;
};

const ANNOUNCE_MS = 500;

/** Figures by version id since a moment (of arrival), of one rollout when it is named; versions without traffic are left out. */
export async function armStatistics(scope: ProjectScope, filter: ArmFilter): Promise<Record<string, ArmStatistics>> {
  const counts = await countArms(db, scope, filter);
  const entries = counts.map(async (row) => [row.modelVersionId, await withLatency(scope, filter, row)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function withLatency(scope: ProjectScope, filter: ArmFilter, row: ArmCounts): Promise<ArmStatistics> {
  const { requests, errors, outcomes, correct, p50, answered: n } = row;
  if (n === 0) return { requests, errors, outcomes, correct, p50, latency: null };
  const { rank, lower, upper } = quantileRanks(n, LATENCY_QUANTILE, LATENCY_ARM_CONFIDENCE);
  const ranks = [rank, lower, upper].filter((value) => value !== null);
  const at = await latenciesAt(db, scope, { ...filter, modelVersionId: row.modelVersionId, ranks });
  const value = (place: number | null) => (place === null ? null : (at.get(place) ?? null));
  return {
    requests,
    errors,
    outcomes,
    correct,
    p50,
    latency: { n, estimate: value(rank) ?? 0, lower: value(lower), upper: value(upper) },
  };
}

/** Requests, errors, outcomes and latency by bucket of time and version. */
export function trafficBuckets(
  scope: ProjectScope,
  o: { deploymentId: string; from: Date; to: Date; bucketSeconds: number; clock: 'arrival' | 'event' },
): Promise<TrafficBucket[]> {
  return countBuckets(db, scope, o);
}

/**
 * Stores a piece of the gateway's log. Storing it twice changes nothing.
 * @throws DomainError INVALID when a line is at fault
 */
export async function saveLog(batch: { predictions: string; outcomes: string }): Promise<void> {
  const stored = batch.predictions === '[]' ? [] : await insertPredictions(batch.predictions);
  const outcomes = batch.outcomes === '[]' ? [] : await insertOutcomes(batch.outcomes);
  for (const { projectId, deploymentId } of stored) announce('prediction.logged', projectId, deploymentId);
  for (const projectId of outcomes) announce('prediction.outcome', projectId, projectId);
}

/** Stores outcomes all or none; with conflicts, none. */
export async function saveOutcomes(
  outcomes: readonly LoggedOutcome[],
): Promise<{ stored: number; repeated: number; conflicts: OutcomeConflict[] }> {
  const { stored, conflicts } = await insertOutcomesStrictly(outcomes);
  const projectId = outcomes[0]?.projectId;
  if (stored > 0 && projectId) announce('prediction.outcome', projectId, projectId);
  return { stored, repeated: conflicts.length > 0 ? 0 : outcomes.length - stored, conflicts };
}

const pending = new Map<string, { type: string; projectId: string; id: string }>();
let timer: NodeJS.Timeout | undefined;

/** Tells screens that there is something new, at most twice a second a subject however many requests come. */
function announce(type: string, projectId: string, id: string): void {
  pending.set(`${type}/${id}`, { type, projectId, id });
  timer ??= setTimeout(() => {
    timer = undefined;
    const events = [...pending.values()];
    pending.clear();
    for (const event of events) {
      publish(db, event).catch((error: unknown) =>
        log.debug({ part: 'predictions', err: messageOf(error) }, 'nobody could be told'),
      );
    }
  }, ANNOUNCE_MS);
  timer.unref();
}
