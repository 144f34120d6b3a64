import { randomBytes } from 'node:crypto';
import type { ProjectScope } from '#server/auth/actor.ts';
import { effectiveRole, projectScopes } from '#server/auth/project-access.policy.ts';
import type { Role } from '#server/auth/roles.ts';
import { db } from '#server/platform/db/client.ts';

/** Rows that tests start from; each is new and named at random unless the test says otherwise. */

const word = () => randomBytes(4).toString('hex');

export type TestUser = { id: string; name: string; email: string; isAdmin: boolean };
export type TestProject = { id: string; name: string; title: string };

export async function createProject(o: { name?: string; title?: string; archivedAt?: Date } = {}): Promise<TestProject> {
  const name = o.name ?? `project-${word()}`;
  return db.project.create({
    data: { name, title: o.title ?? `Project ${name}`, archivedAt: o.archivedAt ?? null },
    select: { id: true, name: true, title: true },
  });
}

export async function createUser(
  o: { name?: string; email?: string; isAdmin?: boolean; passwordHash?: string; deactivatedAt?: Date } = {},
): Promise<TestUser> {
  const name = o.name ?? `Person ${word()}`;
  return db.user.create({
    data: { email: `${word()}@example.test`, isAdmin: false, ...o, name },
    select: { id: true, name: true, email: true, isAdmin: true },
  });
}

/** A member of the project with this role, as a new person unless one is named. */
export async function createMember(project: { id: string }, role: Role, user?: TestUser): Promise<TestUser> {
  const person = user ?? (await createUser());
  await db.member.create({ data: { projectId: project.id, userId: person.id, role } });
  return person;
}

/** The scope in which services work, for a person with this role. */
export function scopeFor(project: TestProject, user: TestUser, role: Role): ProjectScope {
  const effective = effectiveRole({ memberRole: role, isAdmin: user.isAdmin }) ?? role;
  return {
    actor: { kind: 'user', id: user.id, name: user.name, isAdmin: user.isAdmin },
    projectId: project.id,
    projectName: project.name,
    role: effective,
    scopes: projectScopes(effective, false),
  };
}

/** A project, a member of it and that member's scope at once. */
export async function createScope(
  role: Role = 'scientist',
): Promise<{ project: TestProject; user: TestUser; scope: ProjectScope }> {
  const project = await createProject();
  const user = await createMember(project, role);
  return { project, user, scope: scopeFor(project, user, role) };
}
