import {
  createTokenInput,
  createTokenOutput,
  doneOutput,
  listTokensOutput,
  revokeTokenInput,
} from '#server/features/projects/tokens.schema.ts';
import { createToken, listTokens, revokeToken } from '#server/features/projects/tokens.service.ts';
import { projectProcedure, router } from '#server/trpc/procedures.ts';

/** API tokens of a project. */
export const tokensRouter = router({
  list: projectProcedure('token:manage')
    .output(listTokensOutput)
    .query(({ ctx }) => listTokens(ctx.scope)),
  create: projectProcedure('token:manage')
    .input(createTokenInput)
    .output(createTokenOutput)
    .mutation(({ ctx, input }) => createToken(ctx.scope, input)),
  revoke: projectProcedure('token:manage')
    .input(revokeTokenInput)
    .output(doneOutput)
    .mutation(async ({ ctx, input }) => {
      await revokeToken(ctx.scope, input.id);
      return { done: true as const };
    }),
});
