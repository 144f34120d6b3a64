import { z } from 'zod';
import { projectProcedure, router } from '#server/trpc/procedures.ts';
import {
  listGoldOutput,
  listRunsInput,
  listRunsOutput,
  lockGoldInput,
  releaseGoldInput,
  runIdInput,
  saveSuiteInput,
  startedRunOutput,
  startRunInput,
  suiteInput,
  suiteOutput,
  suiteRunSchema,
} from './evaluations.schema.ts';
import { listGold, lockGold, releaseGold } from './gold.service.ts';
import { getSuite, saveSuite } from './suite.service.ts';
import { cancelSuiteRun, getSuiteRun, listSuiteRuns, startSuiteRun } from './suite-runs.service.ts';

/** Suites of models, their runs, and the rows that are locked for judging. What a call needs beyond reading, its service asks. */
export const evaluationsRouter = router({
  suite: projectProcedure('project:read')
    .input(suiteInput)
    .output(suiteOutput)
    .query(({ ctx, input }) => getSuite(ctx.scope, input.model)),
  saveSuite: projectProcedure('model:write')
    .input(saveSuiteInput)
    .output(z.void())
    .mutation(({ ctx, input }) => saveSuite(ctx.scope, input)),
  runs: projectProcedure('project:read')
    .input(listRunsInput)
    .output(listRunsOutput)
    .query(({ ctx, input }) => listSuiteRuns(ctx.scope, input)),
  run: projectProcedure('project:read')
    .input(runIdInput)
    .output(suiteRunSchema)
    .query(({ ctx, input }) => getSuiteRun(ctx.scope, input.id)),
  start: projectProcedure('promotion:request')
    .input(startRunInput)
    .output(startedRunOutput)
    .mutation(({ ctx, input }) => startSuiteRun(ctx.scope, input)),
  cancel: projectProcedure('promotion:request')
    .input(runIdInput)
    .output(z.void())
    .mutation(({ ctx, input }) => cancelSuiteRun(ctx.scope, input.id)),
  gold: projectProcedure('project:read')
    .output(listGoldOutput)
    .query(({ ctx }) => listGold(ctx.scope)),
  lockGold: projectProcedure('data:write')
    .input(lockGoldInput)
    .output(z.void())
    .mutation(({ ctx, input }) => lockGold(ctx.scope, input)),
  releaseGold: projectProcedure('data:write')
    .input(releaseGoldInput)
    .output(z.void())
    .mutation(({ ctx, input }) => releaseGold(ctx.scope, input)),
});
