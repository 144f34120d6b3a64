import { createHash, randomBytes } from 'node:crypto';

export type NewToken = {
  /** Shown to its owner once. */
  token: string;
  /** What is stored: SHA-256, hex. A token is 256 random bits, so a slow hash would add nothing. */
  hash: string;
  /** The first characters, to tell tokens apart on a screen. */
  prefix: string;
};

/** A new random token of 256 bits; scanners find leaked ones by the prefix (`sc_`). */
export function randomToken(prefix: string): NewToken {
  const token = prefix + randomBytes(32).toString('base64url');
  return { token, hash: hashToken(token), prefix: token.slice(0, prefix.length + 6) };
}

/** SHA-256 of a token, hex: how tokens are stored and looked up. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
