import type { Scope } from '#server/auth/roles.ts';

/** Scientists and reviewers both write tests: who answers for a promotion must be able to say what may never break. */
export function mayWriteTests(scopes: ReadonlySet<Scope>): boolean {
  return scopes.has('test:write');
}
