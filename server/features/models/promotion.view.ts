import type { Tally, Vote } from './approval.policy.ts';
import { verdictSchema } from './approval.schema.ts';
import type { Evidence } from './evidence.schema.ts';
import type { RequestSummary } from './models.schema.ts';
import { toRequestSummary } from './models.view.ts';
import type { DecisionView, RequestDetail, RequestItem } from './promotions.schema.ts';

type Listed = Parameters<typeof toRequestSummary>[0] & {
  emergency: string | null;
  expiresAt: Date | null;
  reviewDueAt: Date | null;
  reviewedAt: Date | null;
};

/** A request as lists show it. */
export function toRequestItem(
  request: Listed,
  facts: { tally: Tally; mayDecide: boolean; mayReview: boolean; openThreads: number; own: boolean },
): RequestItem {
  const open = request.status === 'pending' || request.status === 'changes';
  return {
    ...toRequestSummary(request),
    emergency: request.emergency !== null,
    expiresAt: request.expiresAt,
    approvals: { given: facts.tally.counted.length, needed: facts.tally.needed },
    openThreads: facts.openThreads,
    mayDecide: facts.mayDecide,
    own: facts.own,
    waitsFor: open ? facts.tally.open.map((person) => person.name) : [],
    review: request.reviewDueAt && !request.reviewedAt ? { dueAt: request.reviewDueAt, mayReview: facts.mayReview } : null,
  };
}

type DecisionLike = Omit<Vote, 'verdict'> & { id: string; verdict: string; reason: string; accepted: unknown };

/** What was said on a request, oldest first, and which approvals count no more. */
export function decisionsOf(
  c: { round: number; decisions: readonly DecisionLike[] },
  tally: Tally,
  o: { open: boolean; me: string | null },
): DecisionView[] {
  return c.decisions.map((row) => ({
    id: row.id,
    round: row.round,
    verdict: verdictSchema.parse(row.verdict),
    personName: row.personName,
    forName: row.forName,
    mine: row.personId === o.me,
    reason: row.reason,
    accepted: (row.accepted ?? {}) as Record<string, string>,
    at: row.at,
    dropped: o.open && row.verdict === 'approve' ? whyDropped(row, c.round, tally) : null,
  }));
}

function whyDropped(row: DecisionLike, round: number, tally: Tally): string | null {
  if (row.round !== round) return 'was about evidence that was prepared anew since';
  if (tally.counted.some((vote) => vote.personId === row.personId && vote.at.getTime() === row.at.getTime())) return null;
  const dropped = tally.dropped.find(({ vote }) => vote.personId === row.personId && vote.at.getTime() === row.at.getTime());
  return dropped?.why ?? 'was taken back by a later word';
}

type Around = {
  changes: readonly { at: Date; from: string; to: string; actorName: string; reason: string }[];
  decisions: readonly DecisionLike[];
  rounds: readonly { round: number; hash: string; preparedAt: Date }[];
};
type Ended = Omit<RequestSummary, 'model' | 'number'> & {
  reviewedAt: Date | null;
  reviewedByName: string | null;
  reviewText: string | null;
  emergency: string | null;
};

const VERBS = { approve: 'Approved', refuse: 'Refused', changes: 'Changes wished' } as const;

/** What happened to a request and its version so far, newest first. */
export function eventsOf(request: Ended, evidence: Evidence | null, around: Around): RequestDetail['soFar'] {
  const asked = request.emergency === null ? 'Asked for' : 'Asked for as an emergency';
  const events: RequestDetail['soFar'] = [
    { at: request.requestedAt, what: `${asked} by ${request.requestedByName}`, note: request.emergency },
    ...around.changes.map((change) => ({
      at: change.at,
      what: `${change.from} to ${change.to}, by ${change.actorName}`,
      note: change.reason,
    })),
    ...around.decisions.map((row) => ({
      at: row.at,
      what: `${VERBS[verdictSchema.parse(row.verdict)]} by ${row.personName}${row.forName ? ` for ${row.forName}` : ''}`,
      note: row.reason,
    })),
    ...around.rounds
      .filter((round) => evidence === null || round.preparedAt.toISOString() !== evidence.preparedAt)
      .map((round) => ({ at: round.preparedAt, what: `Evidence ${round.round} prepared`, note: null })),
  ];
  if (evidence) {
    const passed = evidence.gates.filter((gate) => gate.passed).length;
    const what = `Gates run, ${passed} of ${evidence.gates.length} passed`;
    events.push({ at: new Date(evidence.preparedAt), what, note: null });
  }
  const spoken = around.decisions.some((row) => row.verdict !== 'changes' && row.reason === request.decisionReason);
  if (request.decidedAt && request.decidedByName && !spoken) {
    const verb = { refused: 'Refused', withdrawn: 'Withdrawn' }[request.status as string] ?? 'Approved';
    events.push({ at: request.decidedAt, what: `${verb} by ${request.decidedByName}`, note: request.decisionReason });
  }
  if (request.reviewedAt) {
    events.push({ at: request.reviewedAt, what: `Emergency reviewed by ${request.reviewedByName}`, note: request.reviewText });
  }
  if (request.error && request.endedAt) events.push({ at: request.endedAt, what: 'Ended', note: request.error });
  return events.sort((a, b) => b.at.getTime() - a.at.getTime());
}
