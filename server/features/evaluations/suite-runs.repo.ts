import { Prisma, type SuiteRun } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import type { FailedRow, GoldName } from '#server/domain/suite/sections.schema.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { SuiteProgress, SuiteRunStatus } from './evaluations.schema.ts';
import type { SuiteSettings } from './suite.schema.ts';

export type SuiteRunRow = SuiteRun;

export type NewRun = {
  modelId: string;
  modelVersionId: string;
  incumbentId: string | null;
  reason: string;
  settings: SuiteSettings;
  suiteVersion: number;
  seed: number;
  requestId: string | null;
};

export function insertRun(tx: Tx, scope: ProjectScope, values: NewRun): Promise<SuiteRunRow> {
  return tx.suiteRun.create({
    data: {
      ...values,
      settings: values.settings as Prisma.InputJsonValue,
      projectId: scope.projectId,
      requestedById: scope.actor.kind === 'user' ? scope.actor.id : null,
      requestedByName: scope.actor.name,
    },
  });
}

export async function setRunJob(tx: Tx, scope: ProjectScope, id: string, jobId: string): Promise<void> {
  await tx.suiteRun.updateMany({ where: { projectId: scope.projectId, id }, data: { jobId } });
}

export function findRun(tx: Tx, scope: ProjectScope, id: string): Promise<SuiteRunRow | null> {
  return tx.suiteRun.findFirst({ where: { projectId: scope.projectId, id } });
}

/** Runs of a model without their sections, newest first. */
export function findRuns(
  tx: Tx,
  scope: ProjectScope,
  o: { modelId: string; modelVersionId?: string | undefined; limit: number },
) {
  return tx.suiteRun.findMany({
    where: { projectId: scope.projectId, modelId: o.modelId, ...(o.modelVersionId ? { modelVersionId: o.modelVersionId } : {}) },
    omit: { sections: true, settings: true },
    orderBy: { requestedAt: 'desc' },
    take: o.limit,
  });
}

/** The newest run of a version, of any state unless one is given. */
export function findLatestRun(
  tx: Tx,
  scope: ProjectScope,
  o: { modelVersionId: string; status?: SuiteRunStatus | undefined },
): Promise<SuiteRunRow | null> {
  return tx.suiteRun.findFirst({
    where: { projectId: scope.projectId, modelVersionId: o.modelVersionId, ...(o.status ? { status: o.status } : {}) },
    orderBy: { requestedAt: 'desc' },
  });
}

/** Begins a run that waits, or goes on with one that a worker left; false when it has ended. */
export async function beginRun(tx: Tx, scope: ProjectScope, id: string): Promise<boolean> {
  const changed = await tx.suiteRun.updateMany({
    where: { projectId: scope.projectId, id, status: { in: ['queued', 'running'] } },
    data: { status: 'running', startedAt: new Date() },
  });
  return changed.count === 1;
}

export async function saveProgress(tx: Tx, scope: ProjectScope, id: string, progress: SuiteProgress): Promise<boolean> {
  const changed = await tx.suiteRun.updateMany({
    where: { projectId: scope.projectId, id, status: 'running' },
    data: { progress },
  });
  return changed.count === 1;
}

export type RunEnd =
  | {
      status: 'done';
      sections: EvidenceSection[];
      headline: { path: string; estimate: number; lower: number | null; upper: number | null }[];
      gold: GoldName[];
      goldHash: string;
      answersKey: string;
    }
  | { status: 'failed'; error: string; failedRow: FailedRow | null }
  | { status: 'cancelled'; error: string };

/** Ends a run that is under way; false when it has ended before. */
export async function endRun(tx: Tx, scope: ProjectScope, id: string, end: RunEnd): Promise<boolean> {
  const { status } = end;
  const kept =
    end.status === 'done'
      ? {
          sections: end.sections as Prisma.InputJsonValue,
          headline: end.headline,
          gold: end.gold,
          goldHash: end.goldHash,
          answersKey: end.answersKey,
        }
      : { error: end.error, ...(end.status === 'failed' && end.failedRow ? { failedRow: end.failedRow } : {}) };
  const changed = await tx.suiteRun.updateMany({
    where: { projectId: scope.projectId, id, status: { in: ['queued', 'running'] } },
    data: { ...kept, status, progress: Prisma.DbNull, endedAt: new Date() },
  });
  return changed.count === 1;
}

/** Where a run's gold rows lie in words, before it has ended. */
export async function saveGold(tx: Tx, scope: ProjectScope, id: string, gold: GoldName[]): Promise<void> {
  await tx.suiteRun.updateMany({ where: { projectId: scope.projectId, id, status: 'running' }, data: { gold } });
}
