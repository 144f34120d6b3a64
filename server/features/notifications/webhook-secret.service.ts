import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { decrypt, encrypt } from '#server/platform/crypto/secret.ts';

/** After a rotation both secrets sign for this long, so that a receiver can change over without losing anything. */
const OVERLAP_MS = 24 * 3_600_000;

const stored = z.object({
  secret: z.string(),
  previous: z.object({ secret: z.string(), until: z.number() }).optional(),
});

/** A new secret, and what is stored of it: encrypted, with the one before when there is one. */
export function newSecret(now: Date, before?: string): { secret: string; sealed: string } {
  const secret = `whsec_${randomBytes(32).toString('base64url')}`;
  const previous = before
    ? { secret: stored.parse(JSON.parse(decrypt(before))).secret, until: now.getTime() + OVERLAP_MS }
    : undefined;
  return { secret, sealed: encrypt(JSON.stringify({ secret, ...(previous ? { previous } : {}) })) };
}

/** The secrets that sign now, the newest first. */
export function openSecrets(sealed: string, now: Date): string[] {
  const { secret, previous } = stored.parse(JSON.parse(decrypt(sealed)));
  return previous && previous.until > now.getTime() ? [secret, previous.secret] : [secret];
}
