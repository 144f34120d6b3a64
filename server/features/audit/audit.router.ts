import { auditFacetsOutput, listAuditInput, listAuditOutput } from '#server/features/audit/audit.schema.ts';
import { listAudit, listAuditFacets } from '#server/features/audit/audit.service.ts';
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
  installation: adminProcedure
    .input(listAuditInput)
    .output(listAuditOutput)
    .query(({ input }) => listAudit({ projectId: null }, input)),
  installationFacets: adminProcedure.output(auditFacetsOutput).query(() => listAuditFacets({ projectId: null })),
});
