import { DomainError } from '#server/errors.ts';

type Link = { usedAt: Date | null; revokedAt: Date | null; expiresAt: Date };

/** Whether a one-time link can be used at this moment. */
export function linkState(link: Link, now: Date): 'open' | 'used' | 'expired' | 'revoked' {
  if (link.usedAt) return 'used';
  if (link.revokedAt) return 'revoked';
  return link.expiresAt <= now ? 'expired' : 'open';
}

const REASONS = {
  used: 'This link was used already. Sign in, or ask for a new one.',
  revoked: 'This link was taken back, or replaced by a newer one. Ask for a new one.',
  expired: 'This link has expired. Ask for a new one.',
} as const;

/** @throws DomainError CONFLICT that says why the link is of no use */
export function assertUsable(link: Link, now: Date): void {
  const state = linkState(link, now);
  if (state !== 'open') throw new DomainError('CONFLICT', REASONS[state], { state });
}

/** The answer to a link that was never made. */
export function unknownLink(): DomainError {
  return new DomainError(
    'NOT_FOUND',
    'This link is not complete, or was never made. Copy the whole of it, or ask for a new one.',
  );
}
