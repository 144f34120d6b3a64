import { hash, verify } from '@node-rs/argon2';
import { DomainError } from '#server/errors.ts';

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 200;

/** OWASP's second choice for argon2id: 19 MiB, two passes, one lane (about 30 ms on one core). */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let decoy: Promise<string> | undefined;

/** The stored form of a password (argon2id, PHC string). */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/**
 * True when `password` is the one of `stored`. Without a stored one it takes the same time and answers false, so that
 * nobody learns from the clock which e-mails exist.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(crypto.randomUUID());
  const matches = await verify(stored ?? (await decoy), password).catch(() => false);
  return stored !== null && matches;
}

/** @throws DomainError INVALID when a new password is too weak to be taken. */
export function assertGoodPassword(password: string, email: string): void {
  if (password.length < PASSWORD_MIN) {
    throw new DomainError('INVALID', `The password has ${password.length} characters; it needs at least ${PASSWORD_MIN}.`);
  }
  if (password.length > PASSWORD_MAX) {
    throw new DomainError('INVALID', `The password is longer than ${PASSWORD_MAX} characters.`);
  }
  if (password.toLowerCase().includes(email.toLowerCase()) || new Set(password).size < 4) {
    throw new DomainError(
      'INVALID',
      'This password is easy to guess: choose one without your e-mail and with more different characters.',
    );
  }
}
