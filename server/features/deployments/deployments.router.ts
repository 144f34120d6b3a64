import { z } from 'zod';
import { projectProcedure, router } from '#server/trpc/procedures.ts';
import {
  archiveDeploymentInput,
  beginningsOutput,
  createDeploymentInput,
  createDeploymentOutput,
  deploymentRefInput,
  getDeploymentOutput,
  goBackInput,
  listDeploymentsOutput,
  updatePlanInput,
} from './deployments.schema.ts';
import {
  archiveDeployment,
  changePlan,
  createDeployment,
  getDeployment,
  listBeginnings,
  listDeployments,
} from './deployments.service.ts';
import { fitInput, fitOutput } from './fit.schema.ts';
import { fitCallers } from './fit.service.ts';
import { goBack } from './rollout-acts.service.ts';

/** Names that programs call. */
export const deploymentsRouter = router({
  list: projectProcedure('project:read')
    .output(listDeploymentsOutput)
    .query(({ ctx }) => listDeployments(ctx.scope)),
  beginnings: projectProcedure('project:read')
    .output(beginningsOutput)
    .query(({ ctx }) => listBeginnings(ctx.scope)),
  get: projectProcedure('project:read')
    .input(deploymentRefInput)
    .output(getDeploymentOutput)
    .query(({ ctx, input }) => getDeployment(ctx.scope, input.deployment)),
  fit: projectProcedure('project:read')
    .input(fitInput)
    .output(fitOutput)
    .query(({ ctx, input }) => fitCallers(ctx.scope, input)),
  create: projectProcedure('deployment:write')
    .input(createDeploymentInput)
    .output(createDeploymentOutput)
    .mutation(({ ctx, input }) => createDeployment(ctx.scope, input)),
  updatePlan: projectProcedure('deployment:write')
    .input(updatePlanInput)
    .output(z.void())
    .mutation(({ ctx, input }) => changePlan(ctx.scope, input)),
  goBack: projectProcedure('deployment:write')
    .input(goBackInput)
    .output(z.object({ number: z.number().int() }))
    .mutation(({ ctx, input }) => goBack(ctx.scope, input)),
  archive: projectProcedure('deployment:write')
    .input(archiveDeploymentInput)
    .output(z.void())
    .mutation(({ ctx, input }) => archiveDeployment(ctx.scope, input)),
});
