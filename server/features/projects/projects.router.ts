import { personOf } from '#server/auth/actor.ts';
import { briefRouter } from '#server/features/projects/brief.router.ts';
import { membersRouter } from '#server/features/projects/members.router.ts';
import {
  archiveProjectInput,
  createProjectInput,
  createProjectOutput,
  listProjectsOutput,
  myProjectsOutput,
  projectOutput,
  projectVersionOutput,
  renameProjectInput,
} from '#server/features/projects/projects.schema.ts';
import {
  createProject,
  getProject,
  listMyProjects,
  listProjects,
  renameProject,
  setProjectArchived,
} from '#server/features/projects/projects.service.ts';
import { tokensRouter } from '#server/features/projects/tokens.router.ts';
import { adminProcedure, projectProcedure, router, userProcedure } from '#server/trpc/procedures.ts';

/** Projects, their members and their tokens. */
export const projectsRouter = router({
  mine: userProcedure.output(myProjectsOutput).query(({ ctx }) => listMyProjects(personOf(ctx.actor))),
  get: projectProcedure('project:read')
    .output(projectOutput)
    .query(({ ctx }) => getProject(ctx.scope)),
  rename: projectProcedure('member:manage')
    .input(renameProjectInput)
    .output(projectVersionOutput)
    .mutation(({ ctx, input }) => renameProject(ctx.scope, input)),
  list: adminProcedure.output(listProjectsOutput).query(() => listProjects()),
  create: adminProcedure
    .input(createProjectInput)
    .output(createProjectOutput)
    .mutation(({ ctx, input }) => createProject(personOf(ctx.actor), input)),
  archive: adminProcedure
    .input(archiveProjectInput)
    .output(projectVersionOutput)
    .mutation(({ ctx, input }) => setProjectArchived(ctx.actor, { ...input, archived: true })),
  unarchive: adminProcedure
    .input(archiveProjectInput)
    .output(projectVersionOutput)
    .mutation(({ ctx, input }) => setProjectArchived(ctx.actor, { ...input, archived: false })),
  brief: briefRouter,
  members: membersRouter,
  tokens: tokensRouter,
});
