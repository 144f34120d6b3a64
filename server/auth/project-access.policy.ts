import type { Role, Scope } from '#server/auth/roles.ts';
import { scopesOf } from '#server/auth/roles.ts';

/** What remains in an archived project: it can be read, and its people can still be seen to. */
const ARCHIVED_SCOPES: readonly Scope[] = ['project:read', 'audit:read'];

/**
 * The role with which somebody enters a project: the one of their membership; an administrator of the installation who
 * is no member enters as an admin of the project, so that no project is ever without one.
 */
export function effectiveRole(o: { memberRole: Role | null; isAdmin: boolean }): Role | null {
  return o.memberRole ?? (o.isAdmin ? 'admin' : null);
}

/** The rights of a role in a project; an archived project can only be read. */
export function projectScopes(role: Role, archived: boolean): ReadonlySet<Scope> {
  const scopes = scopesOf(role);
  return archived ? new Set(ARCHIVED_SCOPES.filter((scope) => scopes.has(scope))) : scopes;
}
