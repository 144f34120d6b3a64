import type { Tx } from '#server/platform/db/client.ts';

export type KeyRow = { id: string; publicKey: string; privateKey: string };
export type HeadRow = { seq: number; hash: string; at: Date; keyId: string; signature: string };

/** The newest signing key, or null before the first. */
export function findSigningKey(tx: Tx): Promise<KeyRow | null> {
  return tx.auditKey.findFirst({ orderBy: { createdAt: 'desc' }, select: { id: true, publicKey: true, privateKey: true } });
}

export function findPublicKeys(tx: Tx): Promise<{ id: string; publicKey: string; createdAt: Date }[]> {
  return tx.auditKey.findMany({
    orderBy: { createdAt: 'desc' },
    select: { id: true, publicKey: true, createdAt: true },
  });
}

export async function insertKey(tx: Tx, key: KeyRow): Promise<void> {
  await tx.auditKey.create({ data: key });
}

export async function insertHead(tx: Tx, head: HeadRow): Promise<void> {
  await tx.auditHead.create({
    data: {
      seq: BigInt(head.seq),
      hash: Buffer.from(head.hash, 'hex'),
      at: head.at,
      keyId: head.keyId,
      signature: Buffer.from(head.signature, 'base64'),
    },
  });
}

/** Signed heads, the newest first. */
export async function findHeads(tx: Tx, limit = 10_000): Promise<HeadRow[]> {
  const rows = await tx.auditHead.findMany({ orderBy: [{ at: 'desc' }, { id: 'desc' }], take: limit });
  return rows.map((row) => ({
    seq: Number(row.seq),
    hash: Buffer.from(row.hash).toString('hex'),
    at: row.at,
    keyId: row.keyId,
    signature: Buffer.from(row.signature).toString('base64'),
  }));
}
