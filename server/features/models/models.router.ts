import { z } from 'zod';
import { projectProcedure, router } from '#server/trpc/procedures.ts';
import { aliasesRouter } from './aliases.router.ts';
import { deleteVersionInput, deleteVersionOutput, deletionPreviewOutput } from './deletion.schema.ts';
import { deleteVersion, previewDeletion } from './deletion.service.ts';
import { gatesRouter } from './gates.router.ts';
import {
  getModelInput,
  getModelOutput,
  inspectUploadInput,
  inspectUploadOutput,
  listModelsOutput,
  registeredOutput,
  registerRunInput,
  registerUploadInput,
  setStageInput,
  tryInputInput,
  tryInputOutput,
  updateModelInput,
  versionRefInput,
} from './models.schema.ts';
import { getModel, listModels } from './models.service.ts';
import { searchRouter } from './search.router.ts';
import { stagesRouter } from './stages.router.ts';
import { tryInput } from './try-input.service.ts';
import { getVersionDetailOutput } from './version-detail.schema.ts';
import { getVersionDetail } from './version-detail.service.ts';
import { changeModel, changeStage, inspectUpload, registerRun, registerUpload } from './versions.service.ts';

/** Models and their versions. */
export const modelsRouter = router({
  aliases: aliasesRouter,
  gates: gatesRouter,
  search: searchRouter,
  stages: stagesRouter,
  list: projectProcedure('project:read')
    .output(listModelsOutput)
    .query(({ ctx }) => listModels(ctx.scope)),
  get: projectProcedure('project:read')
    .input(getModelInput)
    .output(getModelOutput)
    .query(({ ctx, input }) => getModel(ctx.scope, input.model)),
  version: projectProcedure('project:read')
    .input(versionRefInput)
    .output(getVersionDetailOutput)
    .query(({ ctx, input }) => getVersionDetail(ctx.scope, input)),
  registerRun: projectProcedure('model:write')
    .input(registerRunInput)
    .output(registeredOutput)
    .mutation(({ ctx, input }) => registerRun(ctx.scope, input)),
  inspectUpload: projectProcedure('model:write')
    .input(inspectUploadInput)
    .output(inspectUploadOutput)
    .mutation(({ ctx, input }) => inspectUpload(ctx.scope, input.uploadId)),
  registerUpload: projectProcedure('model:write')
    .input(registerUploadInput)
    .output(registeredOutput)
    .mutation(({ ctx, input }) => registerUpload(ctx.scope, input)),
  update: projectProcedure('model:write')
    .input(updateModelInput)
    .output(z.void())
    .mutation(({ ctx, input }) => changeModel(ctx.scope, input)),
  setStage: projectProcedure('model:write')
    .input(setStageInput)
    .output(z.void())
    .mutation(({ ctx, input }) => changeStage(ctx.scope, input)),
  previewDeletion: projectProcedure('project:read')
    .input(versionRefInput)
    .output(deletionPreviewOutput)
    .query(({ ctx, input }) => previewDeletion(ctx.scope, input)),
  deleteVersion: projectProcedure('model:write')
    .input(deleteVersionInput)
    .output(deleteVersionOutput)
    .mutation(({ ctx, input }) => deleteVersion(ctx.scope, input)),
  tryInput: projectProcedure('project:read')
    .input(tryInputInput)
    .output(tryInputOutput)
    .mutation(({ ctx, input }) => tryInput(ctx.scope, input)),
});
