import { projectProcedure, router } from '#server/trpc/procedures.ts';
import {
  exploreInput,
  exploreOutput,
  getFairnessOutput,
  modelInput,
  savePolicyInput,
  savePolicyOutput,
} from './fairness.schema.ts';
import { savePolicy } from './policies.service.ts';
import { exploreFairness, getFairness } from './read-fairness.service.ts';

/** What "fair" means for a model, and whether it is. */
export const fairnessRouter = router({
  get: projectProcedure('project:read')
    .input(modelInput)
    .output(getFairnessOutput)
    .query(({ ctx, input }) => getFairness(ctx.scope, input.model)),
  explore: projectProcedure('project:read')
    .input(exploreInput)
    .output(exploreOutput)
    .query(({ ctx, input }) => exploreFairness(ctx.scope, input)),
  savePolicy: projectProcedure('model:write')
    .input(savePolicyInput)
    .output(savePolicyOutput)
    .mutation(({ ctx, input }) => savePolicy(ctx.scope, input)),
});
