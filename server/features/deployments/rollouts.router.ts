import { projectProcedure, router } from '#server/trpc/procedures.ts';
import { explainRollBack, pauseRollout, resumeRollout, rollBackByHand } from './rollout-acts.service.ts';
import { getRollout } from './rollout-reads.service.ts';
import {
  explainInput,
  getRolloutOutput,
  rollBackInput,
  rolloutActInput,
  rolloutActOutput,
  rolloutRefInput,
} from './rollouts.schema.ts';

/** Rollouts as they run, and what a person may do about them. */
export const rolloutsRouter = router({
  get: projectProcedure('project:read')
    .input(rolloutRefInput)
    .output(getRolloutOutput)
    .query(({ ctx, input }) => getRollout(ctx.scope, input)),
  pause: projectProcedure('deployment:write')
    .input(rolloutActInput)
    .output(rolloutActOutput)
    .mutation(({ ctx, input }) => pauseRollout(ctx.scope, input)),
  resume: projectProcedure('deployment:write')
    .input(rolloutActInput)
    .output(rolloutActOutput)
    .mutation(({ ctx, input }) => resumeRollout(ctx.scope, input)),
  rollBack: projectProcedure('deployment:write')
    .input(rollBackInput)
    .output(rolloutActOutput)
    .mutation(({ ctx, input }) => rollBackByHand(ctx.scope, input)),
  explain: projectProcedure('deployment:write')
    .input(explainInput)
    .output(rolloutActOutput)
    .mutation(({ ctx, input }) => explainRollBack(ctx.scope, input)),
});
