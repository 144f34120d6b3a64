import { projectProcedure, router } from '#server/trpc/procedures.ts';
import { describeStages, saveStages } from './stage-settings.service.ts';
import { listStagesOutput, saveStagesInput, saveStagesOutput } from './stages.schema.ts';

/** The stages of the project: their order, titles and roles. */
export const stagesRouter = router({
  list: projectProcedure('project:read')
    .output(listStagesOutput)
    .query(({ ctx }) => describeStages(ctx.scope)),
  save: projectProcedure('member:manage')
    .input(saveStagesInput)
    .output(saveStagesOutput)
    .mutation(({ ctx, input }) => saveStages(ctx.scope, input)),
});
