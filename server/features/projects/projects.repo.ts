import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

const PROJECT = { id: true, name: true, title: true, createdAt: true, archivedAt: true, version: true } as const;

/** The projects of one person, or all of them for an administrator, with the person's own role. */
export async function findProjectsOf(tx: Tx, who: { userId: string; all: boolean }) {
  const projects = await tx.project.findMany({
    where: who.all ? {} : { members: { some: { userId: who.userId } } },
    orderBy: { title: 'asc' },
    select: { ...PROJECT, members: { where: { userId: who.userId }, select: { role: true } } },
  });
  return projects.map(({ members, ...project }) => ({ ...project, role: members[0]?.role ?? null }));
}

export async function findAllProjects(tx: Tx) {
  const projects = await tx.project.findMany({
    orderBy: [{ archivedAt: { sort: 'asc', nulls: 'first' } }, { name: 'asc' }],
    select: { ...PROJECT, _count: { select: { members: true } } },
  });
  return projects.map(({ _count, ...project }) => ({ ...project, members: _count.members }));
}

export async function findProject(tx: Tx, scope: ProjectScope) {
  return tx.project.findUniqueOrThrow({ where: { id: scope.projectId }, select: PROJECT });
}

export async function findProjectByName(tx: Tx, name: string) {
  return tx.project.findUnique({ where: { name }, select: PROJECT });
}

export async function insertProject(tx: Tx, row: { name: string; title: string }): Promise<{ id: string }> {
  return tx.project.create({ data: row, select: { id: true } });
}

/** Changes a project if nobody did since `version`; null when somebody has. */
export async function updateProject(
  tx: Tx,
  at: { id: string; version: number },
  data: { title?: string; archivedAt?: Date | null },
): Promise<{ version: number } | null> {
  const { count } = await tx.project.updateMany({
    where: { id: at.id, version: at.version },
    data: { ...data, version: { increment: 1 } },
  });
  return count === 1 ? { version: at.version + 1 } : null;
}

/** Names of projects by id. */
export async function findProjectNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.project.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } });
  return new Map(rows.map((row) => [row.id, row.name]));
}
