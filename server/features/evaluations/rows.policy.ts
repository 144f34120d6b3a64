import type { Scope } from '#server/auth/roles.ts';

/** What a person may do with chosen rows. */
export function mayActOnRows(scopes: ReadonlySet<Scope>): { tag: boolean; label: boolean; test: boolean } {
  return { tag: scopes.has('test:write'), label: scopes.has('label:manage'), test: scopes.has('test:write') };
}
