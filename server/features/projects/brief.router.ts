import {
  briefHistoryOutput,
  briefOutput,
  briefRevisionInput,
  saveBriefInput,
  saveBriefOutput,
} from '#server/features/projects/brief.schema.ts';
import { listBriefRevisions, readBrief, readBriefRevision, saveBrief } from '#server/features/projects/brief.service.ts';
import { projectProcedure, router } from '#server/trpc/procedures.ts';

/** What the project is for. */
export const briefRouter = router({
  get: projectProcedure('project:read')
    .output(briefOutput)
    .query(({ ctx }) => readBrief(ctx.scope)),
  history: projectProcedure('project:read')
    .output(briefHistoryOutput)
    .query(({ ctx }) => listBriefRevisions(ctx.scope)),
  revision: projectProcedure('project:read')
    .input(briefRevisionInput)
    .output(briefOutput)
    .query(({ ctx, input }) => readBriefRevision(ctx.scope, input.number)),
  save: projectProcedure('model:write')
    .input(saveBriefInput)
    .output(saveBriefOutput)
    .mutation(({ ctx, input }) => saveBrief(ctx.scope, input)),
});
