import { projectProcedure, router } from '#server/trpc/procedures.ts';
import { cancelLaunch, cancelRun, launch, launchOptions, listLaunches } from './launches.service.ts';
import {
  canceledOutput,
  cancelLaunchInput,
  cancelRunInput,
  launchInput,
  launchOutput,
  listLaunchesInput,
  listLaunchesOutput,
  optionsInput,
  optionsOutput,
} from './training.schema.ts';

/** Launches of the built-in trainer. */
export const trainingRouter = router({
  options: projectProcedure('project:read')
    .input(optionsInput)
    .output(optionsOutput)
    .query(({ ctx, input }) => launchOptions(ctx.scope, input)),
  launches: projectProcedure('project:read')
    .input(listLaunchesInput)
    .output(listLaunchesOutput)
    .query(({ ctx, input }) => listLaunches(ctx.scope, input.experiment)),
  launch: projectProcedure('run:write')
    .input(launchInput)
    .output(launchOutput)
    .mutation(({ ctx, input }) => launch(ctx.scope, input)),
  cancelRun: projectProcedure('run:write')
    .input(cancelRunInput)
    .output(canceledOutput)
    .mutation(({ ctx, input }) => cancelRun(ctx.scope, input)),
  cancelLaunch: projectProcedure('run:write')
    .input(cancelLaunchInput)
    .output(canceledOutput)
    .mutation(({ ctx, input }) => cancelLaunch(ctx.scope, input)),
});
