import type { Actor, ProjectScope } from '#server/auth/actor.ts';
import { effectiveRole, projectScopes } from '#server/auth/project-access.policy.ts';
import { findMembership } from '#server/auth/project-scope.repo.ts';
import { db } from '#server/platform/db/client.ts';

/**
 * What an actor may do in the project of this name. Null for a stranger and for a project that isn't there, which
 * nobody outside can tell apart.
 */
export async function resolveProjectScope(actor: Actor, projectName: string): Promise<ProjectScope | null> {
  if (actor.kind !== 'user' || !actor.id) return null;
  const membership = await findMembership(db, projectName, actor.id);
  if (!membership) return null;
  const role = effectiveRole({ memberRole: membership.role, isAdmin: actor.isAdmin });
  if (!role) return null;
  return {
    actor,
    projectId: membership.id,
    projectName: membership.name,
    role,
    scopes: projectScopes(role, membership.archivedAt !== null),
  };
}
