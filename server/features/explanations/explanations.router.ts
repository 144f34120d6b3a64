import { projectProcedure, router } from '#server/trpc/procedures.ts';
import {
  explainInputInput,
  explainPredictionInput,
  explainRowInput,
  getSettingsOutput,
  modelInput,
  rowExplanationSchema,
  saveSettingsInput,
  saveSettingsOutput,
} from './explanations.schema.ts';
import { explainInput, explainPrediction, explainRow } from './one-row.service.ts';
import { getSettings, saveSettings } from './settings.service.ts';

/** Why a version answers as it does. Nothing is kept. */
export const explanationsRouter = router({
  /** A mutation only because inputs may be longer than an address. */
  input: projectProcedure('project:read')
    .input(explainInputInput)
    .output(rowExplanationSchema)
    .mutation(({ ctx, input }) => explainInput(ctx.scope, input)),
  row: projectProcedure('project:read')
    .input(explainRowInput)
    .output(rowExplanationSchema)
    .query(({ ctx, input }) => explainRow(ctx.scope, input)),
  prediction: projectProcedure('project:read')
    .input(explainPredictionInput)
    .output(rowExplanationSchema)
    .query(({ ctx, input }) => explainPrediction(ctx.scope, input)),
  settings: projectProcedure('project:read')
    .input(modelInput)
    .output(getSettingsOutput)
    .query(({ ctx, input }) => getSettings(ctx.scope, input.model)),
  saveSettings: projectProcedure('model:write')
    .input(saveSettingsInput)
    .output(saveSettingsOutput)
    .mutation(({ ctx, input }) => saveSettings(ctx.scope, input)),
});
