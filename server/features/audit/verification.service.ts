import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type Actor, SYSTEM_ACTOR } from '#server/auth/actor.ts';
import type { ExportedHead } from '#server/domain/record/head.ts';
import { type ChainResult, ChainVerifier } from '#server/domain/record/verify.ts';
import { messageOf } from '#server/errors.ts';
import { notify } from '#server/features/notifications/notifications.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { enqueue } from '#server/platform/queue/queue.ts';
import { verifyRecordJob } from './audit.jobs.ts';
import { recordAudit } from './audit.service.ts';
import { readChain } from './chain.repo.ts';
import { sealRecord } from './chain.service.ts';
import { findLastAsked, findOpenCheck, insertCheck, updateCheck } from './checks.repo.ts';
import { checkedHead, headsFile, listHeads, readHeadsFile } from './heads.service.ts';

export type Verified = ChainResult & { heads: number };

/** The hour and minute (UTC) from which on the check of the night is made. */
const NIGHT_MS = 3.5 * 3_600_000;
const PROGRESS_MS = 500;
const PAUSE_MS = 0;

/**
 * Walks the whole chain: every hash is taken anew here, outside the database, and compared with the signed heads of
 * the database, of the data folder and those that are given.
 * @throws DomainError INVALID when a file of heads can't be read
 */
export async function verifyChain(
  o: { heads?: readonly ExportedHead[]; onProgress?(done: number, total: number): void; signal?: AbortSignal } = {},
): Promise<Verified> {
  await sealRecord();
  const kept = existsSync(headsFile()) ? await readHeadsFile(headsFile()) : [];
  const heads = distinct([...(o.heads ?? []), ...kept, ...(await listHeads())]);
  const verifier = new ChainVerifier((text) => hash('sha256', text), heads.map(checkedHead));
  let done = 0;
  const { outside, lost } = await readChain(async (rows, total) => {
    for (const row of rows) verifier.add(row);
    done += rows.length;
    o.onProgress?.(done, total);
    // Lets the other work of this process through between two pages.
    await new Promise((next) => setTimeout(next, PAUSE_MS));
  }, o.signal);
  return { ...verifier.finish(outside, lost), heads: heads.length };
}

/** Asks for a check of the whole record; one that waits or runs already is the answer. */
export async function requestCheck(actor: Actor): Promise<{ id: string }> {
  return transaction(async (tx) => {
    const open = await findOpenCheck(tx);
    if (open) return { id: open.id };
    const id = await insertCheck(tx, { id: actor.id, name: actor.name });
    await recordAudit(
      tx,
      { actor, projectId: null },
      { action: 'record.verification-requested', target: { type: 'record', id, name: 'The record' } },
    );
    await enqueue(tx, verifyRecordJob, { checkId: id });
    await publish(tx, { projectId: null, type: 'record.check', id });
    return { id };
  });
}

/** Asks for the check of the night once a day, as soon after half past three (UTC) as a worker runs. */
export async function checkOfTheNight(now: Date): Promise<void> {
  const due = Math.floor((now.getTime() - NIGHT_MS) / 86_400_000);
  const last = await findLastAsked(db, SYSTEM_ACTOR.name);
  if (last && Math.floor((last.getTime() - NIGHT_MS) / 86_400_000) >= due) return;
  await requestCheck(SYSTEM_ACTOR);
}

/** Makes a check that was asked for and writes down what it found; administrators are told of tampering. */
export async function runCheck(id: string, startedAt: Date, signal?: AbortSignal): Promise<void> {
  await updateCheck(db, id, { status: 'running', startedAt, done: 0, error: null });
  let told = 0;
  try {
    const result = await verifyChain({
      ...(signal ? { signal } : {}),
      onProgress: (done, total) => {
        if (Date.now() - told < PROGRESS_MS) return;
        told = Date.now();
        void updateCheck(db, id, { done: BigInt(done), total: BigInt(total) })
          .then(() => publish(db, { projectId: null, type: 'record.check', id }))
          .catch(() => undefined);
      },
    });
    await transaction((tx) => finish(tx, id, result));
  } catch (error) {
    if (signal?.aborted) {
      await updateCheck(db, id, { status: 'queued' });
      throw error;
    }
    await updateCheck(db, id, { status: 'failed', error: messageOf(error), endedAt: new Date() });
    await publish(db, { projectId: null, type: 'record.check', id });
  }
}

async function finish(tx: Tx, id: string, result: Verified): Promise<void> {
  const tampered = result.problemCount > 0;
  await updateCheck(tx, id, {
    status: tampered ? 'tampered' : 'intact',
    endedAt: new Date(),
    entries: BigInt(result.entries),
    heads: result.heads,
    done: BigInt(result.lastSeq),
    total: BigInt(result.lastSeq),
    problemCount: result.problemCount,
    problems: result.problems.slice(0, 100),
  });
  await recordAudit(
    tx,
    { actor: SYSTEM_ACTOR, projectId: null },
    {
      action: tampered ? 'record.tampering-found' : 'record.verified',
      target: { type: 'record', id, name: 'The record' },
      details: {
        entries: result.entries,
        heads: result.heads,
        problems: result.problems.slice(0, 20).map((problem) => problem.sentence),
      },
    },
  );
  if (tampered) {
    await notify(
      tx,
      { actor: SYSTEM_ACTOR, projectId: null },
      {
        kind: 'audit.tampered',
        people: { administrators: true },
        title:
          result.problemCount === 1
            ? 'The record was tampered with.'
            : `The record was tampered with in ${result.problemCount} places.`,
        text: result.problems
          .slice(0, 3)
          .map((problem) => problem.sentence)
          .join(' '),
        href: '/admin/record',
      },
    );
  }
  await publish(tx, { projectId: null, type: 'record.check', id });
}

/** A head that stands in several places counts once; one that differs anywhere is looked at for itself. */
function distinct(heads: readonly ExportedHead[]): ExportedHead[] {
  return [...new Map(heads.map((head) => [JSON.stringify([head.seq, head.hash, head.at, head.signature]), head])).values()];
}
