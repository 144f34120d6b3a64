import type { Tx } from '#server/platform/db/client.ts';

const UNDER_WAY = ['queued', 'running'] as const;

/** Runs of all projects that haven't ended and were asked for before a moment. */
export function findUnendedSuiteRuns(tx: Tx, before: Date): Promise<{ id: string; projectId: string }[]> {
  return tx.suiteRun.findMany({
    where: { status: { in: [...UNDER_WAY] }, requestedAt: { lt: before } },
    select: { id: true, projectId: true },
  });
}

/** Those of some promotion requests, of whatever projects, that wait for a run. */
export async function findAwaiting(tx: Tx, requestIds: readonly string[]): Promise<Set<string>> {
  const runs = await tx.suiteRun.findMany({
    where: { status: { in: [...UNDER_WAY] }, requestId: { in: [...requestIds] } },
    select: { requestId: true },
  });
  return new Set(runs.flatMap((run) => run.requestId ?? []));
}
