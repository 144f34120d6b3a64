import type { Scope } from '#server/auth/roles.ts';
import { DomainError } from '#server/errors.ts';

/**
 * A token can do no more than the person who makes it.
 * @throws DomainError FORBIDDEN naming the rights that are missing
 */
export function assertMayGrant(maker: { scopes: ReadonlySet<Scope> }, wished: readonly Scope[]): void {
  const missing = wished.filter((scope) => !maker.scopes.has(scope));
  if (missing.length === 0) return;
  throw new DomainError(
    'FORBIDDEN',
    `You don't hold ${missing.join(', ')} here, so a token of yours can't either. Leave it out.`,
  );
}
