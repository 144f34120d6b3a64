import { auditFacetsOutput, listAuditInput, listAuditOutput } from '#server/features/audit/audit.schema.ts';
import { listAudit, listAuditFacets } from '#server/features/audit/audit.service.ts';
import { chainStateOutput, headsOutput, verifyChainOutput } from '#server/features/audit/chain.schema.ts';
import { chainState } from '#server/features/audit/chain-state.service.ts';
import { listHeads } from '#server/features/audit/heads.service.ts';
import { requestCheck } from '#server/features/audit/verification.service.ts';
import { adminProcedure, projectProcedure, router } from '#server/trpc/procedures.ts';

/** The record of a project: who did what, when and why. */
export const auditRouter = router({
  list: projectProcedure('audit:read')
    .input(listAuditInput)
    .output(listAuditOutput)
    .query(({ ctx, input }) => listAudit(ctx.scope, input)),
  facets: projectProcedure('audit:read')
    .output(auditFacetsOutput)
    .query(({ ctx }) => listAuditFacets(ctx.scope)),
  /** How the chain of the whole installation stands. */
  chain: projectProcedure('audit:read')
    .output(chainStateOutput)
    .query(({ ctx }) => chainState(ctx.scope)),
  installationChain: adminProcedure
    .output(chainStateOutput)
    .query(({ ctx }) => chainState({ actor: ctx.actor, projectId: null })),
  verify: adminProcedure.output(verifyChainOutput).mutation(({ ctx }) => requestCheck(ctx.actor)),
  heads: adminProcedure.output(headsOutput).query(async () => ({ heads: await listHeads() })),
  installation: adminProcedure
    .input(listAuditInput)
    .output(listAuditOutput)
    .query(({ input }) => listAudit({ projectId: null }, input)),
  installationFacets: adminProcedure.output(auditFacetsOutput).query(() => listAuditFacets({ projectId: null })),
});
