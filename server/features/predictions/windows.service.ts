import type { ProjectScope } from '#server/auth/actor.ts';
import { findExtent, findTouchedDays, findWindow, type WindowRow } from '#server/features/predictions/windows.repo.ts';
import { db } from '#server/platform/db/client.ts';

const PAGE_ROWS = 5_000;

/** Instances of a deployment with event times in [from, to), oldest first, with their outcomes, page by page. */
export async function* readWindowPages(
  scope: ProjectScope,
  o: { deploymentId: string; from: Date; to: Date },
): AsyncGenerator<WindowRow[]> {
  let after: { eventTime: Date; id: string } | undefined;
  for (;;) {
    const rows = await findWindow(db, scope, { ...o, after, limit: PAGE_ROWS });
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_ROWS) return;
    after = { eventTime: last.eventTime, id: last.id };
  }
}

/** The same window as one list, failed requests included. For windows that fit into memory; `readWindowPages` is for any. */
export async function readWindow(scope: ProjectScope, o: { deploymentId: string; from: Date; to: Date }): Promise<WindowRow[]> {
  const rows: WindowRow[] = [];
  for await (const page of readWindowPages(scope, o)) rows.push(...page);
  return rows;
}

/** Midnights (UTC) of the days, by event time, for which something arrived since a moment; null means ever. */
export async function touchedDays(scope: ProjectScope, o: { deploymentId: string; since: Date | null }): Promise<Date[]> {
  return (await findTouchedDays(db, scope, o)).map((row) => row.day);
}

/** From when to when a deployment has answered, by event time, and how often. */
export function servedExtent(scope: ProjectScope, deploymentId: string) {
  return findExtent(db, scope, deploymentId);
}
