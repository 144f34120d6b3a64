import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { ChainRow } from '#server/domain/record/canonical.ts';
import type { ExportedHead } from '#server/domain/record/head.ts';
import { ChainVerifier } from '#server/domain/record/verify.ts';
import { DomainError } from '#server/errors.ts';
import { readChain } from './chain.repo.ts';
import { sealRecord } from './chain.service.ts';
import { checkedHead } from './heads.service.ts';
import type { Verified } from './verification.service.ts';

const proofLine = z.object({
  seq: z.number().int(),
  prev: z.string(),
  hash: z.string(),
  entry: z
    .object({
      id: z.string(),
      project_id: z.string().nullable(),
      at: z.string(),
      actor_kind: z.string(),
      actor_id: z.string().nullable(),
      actor_name: z.string(),
      action: z.string(),
      target_type: z.string(),
      target_id: z.string(),
      target_name: z.string(),
      reason: z.string().nullable(),
      /** The very text over which the hash was taken. */
      details: z.string(),
    })
    .nullable(),
});
type ProofLine = z.infer<typeof proofLine>;

/** Writes the whole chain, a line of JSON each, so that it can be checked without the database. @returns how many lines */
export async function exportProof(write: (text: string) => Promise<void> | void): Promise<number> {
  await sealRecord();
  let lines = 0;
  await readChain(async (rows) => {
    lines += rows.length;
    await write(rows.map((row) => `${JSON.stringify(toLine(row))}\n`).join(''));
  });
  return lines;
}

/**
 * Checks a file that `exportProof` wrote, against signed heads if there are any.
 * @throws DomainError INVALID at a line that is something else
 */
export async function verifyProof(file: string, heads: readonly ExportedHead[]): Promise<Verified> {
  const verifier = new ChainVerifier((text) => hash('sha256', text), heads.map(checkedHead));
  let number = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (text.trim() === '') continue;
    const parsed = proofLine.safeParse(jsonOf(text));
    if (!parsed.success) throw new DomainError('INVALID', `${file}, line ${number}: this is no line of an exported record.`);
    verifier.add(toRow(parsed.data));
  }
  return { ...verifier.finish(), heads: heads.length };
}

function toLine({ seq, prev, hash: own, entry: e }: ChainRow): ProofLine {
  if (!e) return { seq, prev, hash: own, entry: null };
  return {
    seq,
    prev,
    hash: own,
    entry: {
      id: e.id,
      project_id: e.projectId,
      at: new Date(Number(e.at)).toISOString(),
      actor_kind: e.actorKind,
      actor_id: e.actorId,
      actor_name: e.actorName,
      action: e.action,
      target_type: e.targetType,
      target_id: e.targetId,
      target_name: e.targetName,
      reason: e.reason,
      details: e.details,
    },
  };
}

function toRow({ seq, prev, hash: own, entry: e }: ProofLine): ChainRow {
  return {
    seq,
    prev,
    hash: own,
    entryId: e?.id ?? '',
    entry: e && {
      id: e.id,
      projectId: e.project_id,
      at: String(Date.parse(e.at)),
      actorKind: e.actor_kind,
      actorId: e.actor_id,
      actorName: e.actor_name,
      action: e.action,
      targetType: e.target_type,
      targetId: e.target_id,
      targetName: e.target_name,
      reason: e.reason,
      details: e.details,
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
