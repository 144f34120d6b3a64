import { projectProcedure, router } from '#server/trpc/procedures.ts';
import {
  addRegressionInput,
  addRegressionOutput,
  addRegressionRowsInput,
  addRegressionRowsOutput,
  checkTestsInput,
  checkTestsOutput,
  exportTestsInput,
  exportTestsOutput,
  importTestsInput,
  importTestsOutput,
  listTestsInput,
  listTestsOutput,
  regressionOfInput,
  regressionOfOutput,
  runTestsInput,
  runTestsOutput,
  saveTestsInput,
  saveTestsOutput,
} from './behaviour.schema.ts';
import { checkTests, runTests } from './checks.service.ts';
import { exportTests, importTests } from './exchange.service.ts';
import { addRegression, addRegressionRows, getRegressionOf } from './regressions.service.ts';
import { listTests, saveTests } from './tests.service.ts';

/** Behavioural tests and regression cases of models. */
export const behaviourRouter = router({
  list: projectProcedure('project:read')
    .input(listTestsInput)
    .output(listTestsOutput)
    .query(({ ctx, input }) => listTests(ctx.scope, input.model)),
  save: projectProcedure('test:write')
    .input(saveTestsInput)
    .output(saveTestsOutput)
    .mutation(({ ctx, input }) => saveTests(ctx.scope, input)),
  check: projectProcedure('project:read')
    .input(checkTestsInput)
    .output(checkTestsOutput)
    .mutation(({ ctx, input }) => checkTests(ctx.scope, input)),
  run: projectProcedure('project:read')
    .input(runTestsInput)
    .output(runTestsOutput)
    .query(({ ctx, input }) => runTests(ctx.scope, input)),
  import: projectProcedure('test:write')
    .input(importTestsInput)
    .output(importTestsOutput)
    .mutation(({ ctx, input }) => importTests(ctx.scope, input)),
  export: projectProcedure('project:read')
    .input(exportTestsInput)
    .output(exportTestsOutput)
    .query(({ ctx, input }) => exportTests(ctx.scope, input)),
  regressionOf: projectProcedure('project:read')
    .input(regressionOfInput)
    .output(regressionOfOutput)
    .query(({ ctx, input }) => getRegressionOf(ctx.scope, input.predictionId)),
  addRegression: projectProcedure('test:write')
    .input(addRegressionInput)
    .output(addRegressionOutput)
    .mutation(({ ctx, input }) => addRegression(ctx.scope, input)),
  addRegressionRows: projectProcedure('test:write')
    .input(addRegressionRowsInput)
    .output(addRegressionRowsOutput)
    .mutation(({ ctx, input }) => addRegressionRows(ctx.scope, input)),
});
