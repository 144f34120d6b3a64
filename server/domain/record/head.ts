import { z } from 'zod';

/**
 * A signed head: the chain's end at a moment. Whoever keeps a copy can tell later whether anything before it was
 * altered. Signed with Ed25519 (RFC 8032) over `stagecraft-head-1,<seq>,<hash>,<at>`.
 */
export const exportedHead = z.object({
  form: z.literal('stagecraft-head-1'),
  seq: z.number().int().nonnegative(),
  /** SHA-256, hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** ISO 8601, UTC. */
  at: z.iso.datetime(),
  key_id: z.string(),
  /** SubjectPublicKeyInfo (DER), base64. */
  public_key: z.string(),
  /** base64 */
  signature: z.string(),
});
export type ExportedHead = z.infer<typeof exportedHead>;

/** What is signed. */
export function headText(head: { seq: number; hash: string; at: string }): string {
  return `stagecraft-head-1,${head.seq},${head.hash},${head.at}`;
}

/**
 * Heads from a file: one JSON object a line, or the answer of `GET /v1/record/heads`.
 * @throws Error naming the line that can't be read
 */
export function parseHeads(text: string): ExportedHead[] {
  const trimmed = text.trim();
  if (trimmed.startsWith('{"heads"') || trimmed.startsWith('{\n')) {
    const whole = z.object({ heads: z.array(exportedHead) }).safeParse(JSON.parse(trimmed));
    if (whole.success) return whole.data.heads;
  }
  return trimmed
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const parsed = exportedHead.safeParse(jsonOf(line));
      if (!parsed.success) throw new Error(`line ${index + 1} is no signed head`);
      return parsed.data;
    });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
