import { z } from 'zod';
import { projectProcedure, router } from '#server/trpc/procedures.ts';
import {
  aliasesOfInput,
  aliasHistoryOutput,
  listAliasesOutput,
  removeAliasInput,
  removeProtectedAliasInput,
  setAliasInput,
  setProtectedAliasInput,
} from './aliases.schema.ts';
import { aliasHistory, listAliases, removeAlias, setAlias } from './aliases.service.ts';

/** Names beside the stages. Free ones move with the right to register versions, protected ones with that to set gates. */
export const aliasesRouter = router({
  list: projectProcedure('project:read')
    .input(aliasesOfInput)
    .output(listAliasesOutput)
    .query(({ ctx, input }) => listAliases(ctx.scope, input)),
  history: projectProcedure('project:read')
    .input(aliasesOfInput)
    .output(aliasHistoryOutput)
    .query(({ ctx, input }) => aliasHistory(ctx.scope, input)),
  set: projectProcedure('model:write')
    .input(setAliasInput)
    .output(z.void())
    .mutation(({ ctx, input }) => setAlias(ctx.scope, input)),
  remove: projectProcedure('model:write')
    .input(removeAliasInput)
    .output(z.void())
    .mutation(({ ctx, input }) => removeAlias(ctx.scope, input)),
  setProtected: projectProcedure('gate:write')
    .input(setProtectedAliasInput)
    .output(z.void())
    .mutation(({ ctx, input }) => setAlias(ctx.scope, input)),
  removeProtected: projectProcedure('gate:write')
    .input(removeProtectedAliasInput)
    .output(z.void())
    .mutation(({ ctx, input }) => removeAlias(ctx.scope, input)),
});
