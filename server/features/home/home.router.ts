import { projectProcedure, router } from '#server/trpc/procedures.ts';
import { homeOutput, needsOutput } from './home.schema.ts';
import { getHome } from './home.service.ts';
import { listNeeds } from './needs.service.ts';

/** The first page of a project, and what needs the reader. */
export const homeRouter = router({
  get: projectProcedure('project:read')
    .output(homeOutput)
    .query(({ ctx }) => getHome(ctx.scope)),
  needs: projectProcedure('project:read')
    .output(needsOutput)
    .query(({ ctx }) => listNeeds(ctx.scope)),
});
