import { projectProcedure, router } from '#server/trpc/procedures.ts';
import { compareRunsInput, compareRunsOutput } from './compare.schema.ts';
import { compareRuns } from './compare.service.ts';
import {
  createdExperimentOutput,
  createExperimentInput,
  experimentRefInput,
  experimentSummarySchema,
  listExperimentsOutput,
} from './experiments.schema.ts';
import { createExperiment, getExperiment, listExperiments } from './experiments.service.ts';
import { historyInput, historyOutput, listRunsInput, listRunsOutput, runDetailSchema, runRefInput } from './runs.schema.ts';
import { getHistory, getRun, listRuns } from './runs.service.ts';

/** Experiments, their runs, and runs side by side. */
export const experimentsRouter = router({
  list: projectProcedure('project:read')
    .output(listExperimentsOutput)
    .query(({ ctx }) => listExperiments(ctx.scope)),
  get: projectProcedure('project:read')
    .input(experimentRefInput)
    .output(experimentSummarySchema)
    .query(({ ctx, input }) => getExperiment(ctx.scope, input.experiment)),
  create: projectProcedure('run:write')
    .input(createExperimentInput)
    .output(createdExperimentOutput)
    .mutation(({ ctx, input }) => createExperiment(ctx.scope, input)),
  runs: projectProcedure('project:read')
    .input(listRunsInput)
    .output(listRunsOutput)
    .query(({ ctx, input }) => listRuns(ctx.scope, input)),
  run: projectProcedure('project:read')
    .input(runRefInput)
    .output(runDetailSchema)
    .query(({ ctx, input }) => getRun(ctx.scope, input)),
  history: projectProcedure('project:read')
    .input(historyInput)
    .output(historyOutput)
    .query(({ ctx, input }) => getHistory(ctx.scope, input)),
  compare: projectProcedure('project:read')
    .input(compareRunsInput)
    .output(compareRunsOutput)
    .query(({ ctx, input }) => compareRuns(ctx.scope, input)),
});
