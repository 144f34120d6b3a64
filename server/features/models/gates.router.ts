import { projectProcedure, router } from '#server/trpc/procedures.ts';
import {
  gateHistoryOutput,
  gatesOfInput,
  getGatesOutput,
  pastFactsInput,
  pastFactsOutput,
  saveGatesInput,
  saveGatesOutput,
} from './gates.schema.ts';
import { gateHistory, getGates, saveGates } from './gates.service.ts';
import { listPastFacts } from './past-facts.service.ts';

/** What a version must show before it moves up. */
export const gatesRouter = router({
  get: projectProcedure('project:read')
    .input(gatesOfInput)
    .output(getGatesOutput)
    .query(({ ctx, input }) => getGates(ctx.scope, input)),
  save: projectProcedure('gate:write')
    .input(saveGatesInput)
    .output(saveGatesOutput)
    .mutation(({ ctx, input }) => saveGates(ctx.scope, input)),
  history: projectProcedure('project:read')
    .input(gatesOfInput)
    .output(gateHistoryOutput)
    .query(({ ctx, input }) => gateHistory(ctx.scope, input)),
  pastFacts: projectProcedure('project:read')
    .input(pastFactsInput)
    .output(pastFactsOutput)
    .query(({ ctx, input }) => listPastFacts(ctx.scope, input.model)),
});
