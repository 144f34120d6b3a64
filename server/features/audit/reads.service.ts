import type { Actor, ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { recordAudit } from './audit.service.ts';
import { countRead, type ReadRow, takeReadsBefore } from './reads.repo.ts';

/** What was looked at, or taken out. */
export type Read = {
  what:
    | 'dataset.rows'
    | 'dataset.quarantine'
    | 'predictions'
    | 'prediction'
    | 'evaluation.rows'
    | 'artifact'
    | 'audit'
    | 'export';
  target: { type: string; id: string; name: string };
  /** What else is worth knowing: the filter, the format. Never what was read. */
  details?: Record<string, unknown>;
};

/** Reads of one thing by one person within this time are one entry. */
export const READ_WINDOW_MS = 600_000;
const AT_ONCE = 500;

/**
 * Notes that the actor read or exported data. An export is an entry of its own, at once; reads of one thing by one
 * person within ten minutes become one entry with their count, written when the ten minutes are over. Stagecraft's own
 * reading isn't noted.
 */
export async function recordRead(scope: ProjectScope, read: Read, tx: Tx = db): Promise<void> {
  if (scope.actor.kind === 'system') return;
  const details = JSON.parse(JSON.stringify(read.details ?? {})) as Record<string, string>;
  if (read.what !== 'export') return countRead(tx, scope, { what: read.what, target: read.target, details });
  const write = (inner: Tx) => recordAudit(inner, scope, { action: 'data.exported', target: read.target, details });
  await (tx === db ? transaction(write) : write(tx));
}

/** Writes the reads into the record whose ten minutes are over. Runs in one worker. @returns how many entries it wrote */
export async function writeReads(now: Date): Promise<number> {
  return transaction(async (tx) => {
    const reads = await takeReadsBefore(tx, new Date(now.getTime() - READ_WINDOW_MS), AT_ONCE);
    for (const read of reads) await writeRead(tx, read);
    return reads.length;
  });
}

async function writeRead(tx: Tx, read: ReadRow): Promise<void> {
  const { projectId, what, target, details, count, firstAt, lastAt } = read;
  const actor: Actor = { ...read.actor, kind: read.actor.kind === 'token' ? 'token' : 'user', isAdmin: false };
  await recordAudit(
    tx,
    { actor, projectId },
    { action: 'data.read', target, details: { ...details, what, reads: count, from: firstAt, to: lastAt } },
  );
}
