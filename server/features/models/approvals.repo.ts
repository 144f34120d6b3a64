import type { Delegation, PromotionDecision } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import { scopesOf } from '#server/auth/roles.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { Approver, Verdict } from './approval.schema.ts';

export type DecisionRow = PromotionDecision;
export type DelegationRow = Delegation;

/**
 * The members of the project with what they may do now. `hold`: nobody's role changes until the transaction ends, so
 * that a vote counts by the rights of the moment of the decision.
 */
export async function findPeople(tx: Tx, scope: ProjectScope, o: { hold?: boolean } = {}): Promise<Approver[]> {
  if (o.hold)
    await tx.$queryRaw`select user_id from member where project_id = ${scope.projectId}::uuid order by user_id for share`;
  const members = await tx.member.findMany({
    where: { projectId: scope.projectId },
    select: { role: true, user: { select: { id: true, name: true, deactivatedAt: true } } },
    orderBy: { user: { name: 'asc' } },
  });
  return members.map(({ role, user }) => ({
    id: user.id,
    name: user.name,
    role,
    mayDecide: user.deactivatedAt === null && scopesOf(role).has('promotion:decide'),
  }));
}

/** Who made versions, by version: the run's and its launch's creator, or who uploaded the file. */
export async function findMakers(
  tx: Tx,
  scope: ProjectScope,
  versions: { id: string; runId: string | null; createdById: string | null }[],
): Promise<Map<string, string[]>> {
  const runIds = versions.flatMap((version) => version.runId ?? []);
  const runs = await tx.run.findMany({
    where: { id: { in: runIds }, projectId: scope.projectId },
    select: { id: true, createdById: true, launch: { select: { createdById: true } } },
  });
  const byRun = new Map(runs.map((run) => [run.id, [run.createdById, run.launch?.createdById ?? null]]));
  return new Map(
    versions.map((version) => {
      const makers = version.runId ? (byRun.get(version.runId) ?? []) : [version.createdById];
      return [version.id, [...new Set(makers.filter((id) => id !== null))]];
    }),
  );
}

/** The person who made a token, and so answers for what its program asks; null for one that is gone. */
export async function findTokenMaker(tx: Tx, scope: ProjectScope, tokenId: string): Promise<string | null> {
  const token = await tx.apiToken.findFirst({
    where: { id: tokenId, projectId: scope.projectId },
    select: { createdById: true },
  });
  return token?.createdById ?? null;
}

export type NewDecision = {
  requestId: string;
  round: number;
  verdict: Verdict;
  personId: string;
  personName: string;
  forId: string | null;
  forName: string | null;
  reason: string;
  accepted: Record<string, string>;
  evidenceHash: string | null;
};

export function insertDecision(tx: Tx, scope: ProjectScope, values: NewDecision): Promise<PromotionDecision> {
  return tx.promotionDecision.create({ data: { ...values, projectId: scope.projectId } });
}

/** Every word that was said on these requests, oldest first. */
export function findDecisions(tx: Tx, scope: ProjectScope, requestIds: string[]): Promise<PromotionDecision[]> {
  return tx.promotionDecision.findMany({
    where: { projectId: scope.projectId, requestId: { in: requestIds } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
}

/** Delegations of the project that aren't over, newest last; all of them with `all`. */
export function findDelegations(tx: Tx, scope: ProjectScope, o: { now: Date; all?: boolean }): Promise<Delegation[]> {
  return tx.delegation.findMany({
    where: { projectId: scope.projectId, ...(o.all ? {} : { endsAt: { gt: o.now }, endedAt: null }) },
    orderBy: { startsAt: 'asc' },
    take: 500,
  });
}

export function insertDelegation(
  tx: Tx,
  scope: ProjectScope,
  values: { fromId: string; fromName: string; toId: string; toName: string; startsAt: Date; endsAt: Date; reason: string },
): Promise<Delegation> {
  return tx.delegation.create({ data: { ...values, projectId: scope.projectId } });
}

export function findDelegation(tx: Tx, scope: ProjectScope, id: string): Promise<Delegation | null> {
  return tx.delegation.findFirst({ where: { id, projectId: scope.projectId } });
}

/** Ends a delegation before its time; false when it is over already. */
export async function endDelegationRow(tx: Tx, scope: ProjectScope, id: string, at: Date): Promise<boolean> {
  const changed = await tx.delegation.updateMany({
    where: { id, projectId: scope.projectId, endedAt: null, endsAt: { gt: at } },
    data: { endedAt: at },
  });
  return changed.count === 1;
}
