import type { Role } from '#server/auth/roles.ts';
import { createInnerContext } from '#server/trpc/context.ts';
import { createCaller } from '#server/trpc/root.ts';
import { createMember, type TestProject, type TestUser } from './factories.ts';

/** Calls procedures as a person does, rights included; null is somebody who hasn't signed in. */
export function callerFor(user: TestUser | null) {
  const actor = user ? { kind: 'user' as const, id: user.id, name: user.name, isAdmin: user.isAdmin } : null;
  return createCaller(createInnerContext({ actor }));
}

/** Calls procedures as a new member of the project with this role. */
export async function callerWithRole(project: TestProject, role: Role) {
  return callerFor(await createMember(project, role));
}
