import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { config } from '#server/config.ts';
import { type ExportedHead, headText, parseHeads } from '#server/domain/record/head.ts';
import type { SignedHead } from '#server/domain/record/verify.ts';
import { DomainError, messageOf } from '#server/errors.ts';
import { log } from '#server/log.ts';
import { decrypt, encrypt } from '#server/platform/crypto/secret.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { findChainEnd } from './chain.repo.ts';
import { sealRecord } from './chain.service.ts';
import { findHeads, findPublicKeys, findSigningKey, type HeadRow, insertHead, insertKey } from './heads.repo.ts';

/** The hour (UTC) from which on a day's head is signed. */
const HOUR = 3;

/** Where heads are kept beside the database, a line each. */
export function headsFile(): string {
  return join(config.dataDir, 'record', 'heads.jsonl');
}

/**
 * Signs where the chain ends now, and writes it to the data folder too.
 * @returns null while nothing was ever recorded
 */
export async function signHead(now: Date): Promise<ExportedHead | null> {
  await sealRecord();
  const end = await findChainEnd(db);
  if (!end) return null;
  const head = await transaction(async (tx) => {
    const key = await signingKey(tx);
    const at = now.toISOString();
    const signature = sign(null, Buffer.from(headText({ ...end, at })), key.privateKey).toString('base64');
    await insertHead(tx, { seq: end.seq, hash: end.hash, at: now, keyId: key.id, signature });
    return exported({ seq: end.seq, hash: end.hash, at: now, keyId: key.id, signature }, key.publicKey);
  });
  await mkdir(join(config.dataDir, 'record'), { recursive: true, mode: 0o700 });
  await appendFile(headsFile(), `${JSON.stringify(head)}\n`, { mode: 0o600, flush: true });
  return head;
}

/** Signs the head of the day when it is time for it; a day that was missed gets its head as soon as a worker runs. */
export async function signHeadOfDay(now: Date): Promise<void> {
  const [last] = await findHeads(db, 1);
  const due = Math.floor((now.getTime() / 3_600_000 - HOUR) / 24);
  const done = last ? Math.floor((last.at.getTime() / 3_600_000 - HOUR) / 24) : Number.NEGATIVE_INFINITY;
  if (done < due) await signHead(now);
}

/** All signed heads with the public keys that go with them, the newest first. */
export async function listHeads(limit?: number): Promise<ExportedHead[]> {
  const keys = new Map((await findPublicKeys(db)).map((key) => [key.id, key.publicKey]));
  return (await findHeads(db, limit)).map((head) => exported(head, keys.get(head.keyId) ?? ''));
}

/** The public keys under which heads were signed: base64 of the DER form, the present one first. */
export function listKeys(): Promise<{ id: string; publicKey: string; createdAt: Date }[]> {
  return findPublicKeys(db);
}

/** Heads that were kept elsewhere, from a file. @throws DomainError INVALID when it holds something else */
export async function readHeadsFile(file: string): Promise<ExportedHead[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new DomainError('INVALID', `${file} can't be read: ${messageOf(error)}`);
  });
  try {
    return parseHeads(text);
  } catch (error) {
    throw new DomainError('INVALID', `${file}: ${messageOf(error)}. Give a file of signed heads (docs/record.md).`);
  }
}

/** A head with whether its signature fits. */
export function checkedHead(head: ExportedHead): SignedHead {
  return { seq: head.seq, hash: head.hash, at: head.at, keyId: head.key_id, valid: fits(head) };
}

function fits(head: ExportedHead): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(head.public_key, 'base64'), format: 'der', type: 'spki' });
    return (
      keyIdOf(head.public_key) === head.key_id &&
      verify(null, Buffer.from(headText(head)), key, Buffer.from(head.signature, 'base64'))
    );
  } catch {
    return false;
  }
}

function exported(head: HeadRow, publicKey: string): ExportedHead {
  return {
    form: 'stagecraft-head-1',
    seq: head.seq,
    hash: head.hash,
    at: head.at.toISOString(),
    key_id: head.keyId,
    public_key: publicKey,
    signature: head.signature,
  };
}

async function signingKey(tx: Tx) {
  const found = await findSigningKey(tx);
  if (found) {
    try {
      return { ...found, privateKey: createPrivateKey(decrypt(found.privateKey)) };
    } catch (error) {
      log.warn(
        { part: 'record', key: found.id, err: messageOf(error) },
        'the signing key can no longer be read; a new one is made',
      );
    }
  }
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const der = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const key = { id: keyIdOf(der), publicKey: der };
  await insertKey(tx, { ...key, privateKey: encrypt(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()) });
  return { ...key, privateKey };
}

function keyIdOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 16);
}
