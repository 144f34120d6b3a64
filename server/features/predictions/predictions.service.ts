import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProjectScope } from '#server/auth/actor.ts';
import { LATENCY_ARM_CONFIDENCE, LATENCY_QUANTILE } from '#server/domain/rollout/judge.ts';
import { type QuantileInterval, quantileRanks } from '#server/domain/stats/quantiles.ts';
import { messageOf } from '#server/errors.ts';
import {
  copyPredictions,
  insertOutcomes,
  insertOutcomesStrictly,
  insertPredictions,
  mergePredictions,
} from '#server/features/predictions/log.repo.ts';
import type { LoggedOutcome, OutcomeConflict } from '#server/features/predictions/log.schema.ts';
import { SUBJECT_BYTES } from '#server/features/predictions/log-line.schema.ts';
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
const NEWLINE = 10;
const LINES_A_TURN = 1_000;
/** How long lines are merged, and no longer just copied, after some of them turned out to be stored already. */
const CAREFUL_MS = 60_000;
let carefulUntil = 0;

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

/**
 * Stores lines of the gateway's log as they lie in its spool (`log-line.schema.ts`). Storing them twice changes nothing.
 * @returns the number of lines
 * @throws DomainError INVALID when a line is at fault; none of them is stored then
 */
export async function saveLines(lines: Buffer): Promise<number> {
  if (performance.now() >= carefulUntil) {
    const copied = await copyPredictions(lines);
    if (copied !== 'known') {
      for (const { projectId, deploymentId } of await subjectsOf(lines)) announce('prediction.logged', projectId, deploymentId);
      return copied;
    }
    // Copying what is known leaves dead rows behind: callers that repeat request ids should not cause them for long.
    carefulUntil = performance.now() + CAREFUL_MS;
  }
  const merged = await mergePredictions(lines);
  for (const { projectId, deploymentId } of merged.stored) announce('prediction.logged', projectId, deploymentId);
  return merged.lines;
}

/** Whose lines they are: they mostly come in runs of one deployment. */
async function subjectsOf(lines: Buffer): Promise<{ projectId: string; deploymentId: string }[]> {
  const found = new Set<string>();
  let last: Buffer | undefined;
  let seen = 0;
  for (let at = 0; at < lines.length; seen++) {
    if (seen % LINES_A_TURN === LINES_A_TURN - 1) await nextTurn();
    const subject = lines.subarray(at, at + SUBJECT_BYTES);
    if (!last?.equals(subject)) found.add(subject.toString());
    last = subject;
    const end = lines.indexOf(NEWLINE, at);
    if (end < 0) break;
    at = end + 1;
  }
  return [...found].map((text) => {
    const [projectId = '', deploymentId = ''] = text.split('\t');
    return { projectId, deploymentId };
  });
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
