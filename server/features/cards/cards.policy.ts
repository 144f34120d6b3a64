import type { Scope } from '#server/auth/roles.ts';

type Reader = { scopes: ReadonlySet<Scope> };

/** Who makes models and who decides about them: the same people who may speak up in a request. */
export function mayWriteCard({ scopes }: Reader): boolean {
  return scopes.has('promotion:comment');
}
