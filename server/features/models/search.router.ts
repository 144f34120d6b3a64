import { projectProcedure, router } from '#server/trpc/procedures.ts';
import { searchKeysOutput, searchVersionsInput, searchVersionsOutput } from './search.schema.ts';
import { searchKeys, searchVersions } from './search.service.ts';

/** Versions of all models by a condition. */
export const searchRouter = router({
  versions: projectProcedure('project:read')
    .input(searchVersionsInput)
    .output(searchVersionsOutput)
    .query(({ ctx, input }) => searchVersions(ctx.scope, input)),
  keys: projectProcedure('project:read')
    .output(searchKeysOutput)
    .query(({ ctx }) => searchKeys(ctx.scope)),
});
