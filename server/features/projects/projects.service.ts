import type { Actor, ProjectScope } from '#server/auth/actor.ts';
import { effectiveRole } from '#server/auth/project-access.policy.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { listStages } from '#server/features/models/stages.service.ts';
import { addFirstMember } from '#server/features/projects/members.service.ts';
import {
  findAllProjects,
  findProject,
  findProjectByName,
  findProjectsOf,
  insertProject,
  updateProject,
} from '#server/features/projects/projects.repo.ts';
import type { CreateProjectInput, ListedProject } from '#server/features/projects/projects.schema.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { isUniqueViolation } from '#server/platform/db/errors.ts';
import { publish } from '#server/platform/events/events.ts';

type Person = Actor & { id: string };

/** The projects that somebody may enter, by title; archived ones last. */
export async function listMyProjects(actor: Person) {
  const rows = await findProjectsOf(db, { userId: actor.id, all: actor.isAdmin });
  const projects = rows.flatMap((row) => {
    const role = effectiveRole({ memberRole: row.role, isAdmin: actor.isAdmin });
    return role ? [{ name: row.name, title: row.title, role, archived: row.archivedAt !== null }] : [];
  });
  return { projects: projects.sort((a, b) => Number(a.archived) - Number(b.archived)) };
}

/** One project as the person in it sees it: what they may do there. */
export async function getProject(scope: ProjectScope) {
  const [project, stages] = await Promise.all([findProject(db, scope), listStages(scope)]);
  return {
    name: project.name,
    title: project.title,
    role: scope.role ?? ('manager' as const),
    scopes: [...scope.scopes],
    stages,
    archived: project.archivedAt !== null,
    version: project.version,
    createdAt: project.createdAt,
  };
}

/** Every project of this installation, for administrators. */
export async function listProjects(): Promise<{ projects: ListedProject[] }> {
  return { projects: await findAllProjects(db) };
}

/**
 * Makes a project, with its maker as its first admin.
 * @throws DomainError CONFLICT when the name is taken
 */
export async function createProject(actor: Person, input: CreateProjectInput): Promise<{ id: string; name: string }> {
  try {
    return await transaction(async (tx) => {
      const { id } = await insertProject(tx, input);
      await addFirstMember(tx, { projectId: id, userId: actor.id });
      await recordAudit(
        tx,
        { actor, projectId: id },
        {
          action: 'project.created',
          target: { type: 'project', id, name: input.name },
          details: { title: input.title },
        },
      );
      return { id, name: input.name };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new DomainError('CONFLICT', `There is a project named ${input.name} already. Choose another name.`);
  }
}

/** @throws DomainError CONFLICT when the project was changed since `version` */
export async function renameProject(scope: ProjectScope, input: { title: string; version: number }) {
  return transaction(async (tx) => {
    const before = await findProject(tx, scope);
    const changed = await updateProject(tx, { id: scope.projectId, version: input.version }, { title: input.title });
    if (!changed) throw staleProject(before);
    await recordAudit(tx, scope, {
      action: 'project.renamed',
      target: { type: 'project', id: before.id, name: before.name },
      details: { from: before.title, to: input.title },
    });
    await publish(tx, { projectId: scope.projectId, type: 'project.changed', id: scope.projectId });
    return changed;
  });
}

/**
 * Archives a project, or takes it out of the archive. An archived one can be read; nothing in it can be changed, and its
 * tokens stop.
 */
export async function setProjectArchived(
  actor: Actor,
  input: { name: string; version: number; archived: boolean; reason?: string | undefined },
  now: Date = new Date(),
) {
  return transaction(async (tx) => {
    const project = await findProjectByName(tx, input.name);
    if (!project) throw notFound(`project ${input.name}`);
    const changed = await updateProject(
      tx,
      { id: project.id, version: input.version },
      { archivedAt: input.archived ? now : null },
    );
    if (!changed) throw staleProject(project);
    await recordAudit(
      tx,
      { actor, projectId: project.id },
      {
        action: input.archived ? 'project.archived' : 'project.unarchived',
        target: { type: 'project', id: project.id, name: project.name },
        reason: input.reason,
      },
    );
    await publish(tx, { projectId: project.id, type: 'project.changed', id: project.id });
    await publish(tx, { projectId: project.id, type: 'token.changed', id: project.id });
    return changed;
  });
}

function staleProject(now: { title: string; archivedAt: Date | null; version: number }): DomainError {
  const state = now.archivedAt ? 'archived' : 'not archived';
  return new DomainError(
    'CONFLICT',
    `Somebody changed this project meanwhile: it is titled "${now.title}" and ${state}. Reload the page and look again.`,
    {
      title: now.title,
      archivedAt: now.archivedAt,
      version: now.version,
    },
  );
}
