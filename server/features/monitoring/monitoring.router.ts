import { projectProcedure, router } from '#server/trpc/procedures.ts';
import { compareVersions } from './compare.service.ts';
import {
  acknowledgeInput,
  acknowledgeOutput,
  compareVersionsInput,
  compareVersionsOutput,
  createMonitorInput,
  createMonitorOutput,
  distributionInput,
  distributionOutput,
  getMonitorInput,
  getMonitorOutput,
  listMonitorsOutput,
  makeDatasetInput,
  makeDatasetOutput,
  updateSettingsInput,
  updateSettingsOutput,
} from './monitors.schema.ts';
import { acknowledge, createMonitor, getDistribution, getMonitor, listMonitors, updateSettings } from './monitors.service.ts';
import { makeDatasetFromWindow } from './window-dataset.service.ts';

/** What changed in production, since when, and what to do about it. */
export const monitoringRouter = router({
  list: projectProcedure('project:read')
    .output(listMonitorsOutput)
    .query(({ ctx }) => listMonitors(ctx.scope)),
  get: projectProcedure('project:read')
    .input(getMonitorInput)
    .output(getMonitorOutput)
    .query(({ ctx, input }) => getMonitor(ctx.scope, input)),
  distribution: projectProcedure('project:read')
    .input(distributionInput)
    .output(distributionOutput)
    .query(({ ctx, input }) => getDistribution(ctx.scope, input)),
  compareVersions: projectProcedure('project:read')
    .input(compareVersionsInput)
    .output(compareVersionsOutput)
    .query(({ ctx, input }) => compareVersions(ctx.scope, input)),
  create: projectProcedure('monitor:write')
    .input(createMonitorInput)
    .output(createMonitorOutput)
    .mutation(({ ctx, input }) => createMonitor(ctx.scope, input)),
  updateSettings: projectProcedure('monitor:write')
    .input(updateSettingsInput)
    .output(updateSettingsOutput)
    .mutation(({ ctx, input }) => updateSettings(ctx.scope, input)),
  acknowledge: projectProcedure('monitor:write')
    .input(acknowledgeInput)
    .output(acknowledgeOutput)
    .mutation(({ ctx, input }) => acknowledge(ctx.scope, input, new Date())),
  makeDataset: projectProcedure('data:write')
    .input(makeDatasetInput)
    .output(makeDatasetOutput)
    .mutation(({ ctx, input }) => makeDatasetFromWindow(ctx.scope, input)),
});
