import { z } from 'zod';
import { projectProcedure, router } from '#server/trpc/procedures.ts';
import {
  archiveDatasetInput,
  createDatasetInput,
  createDatasetOutput,
  datasetByNameInput,
  datasetDetailSchema,
  listDatasetsInput,
  listDatasetsOutput,
} from './datasets.schema.ts';
import { archiveDataset, createDataset, getDataset, listDatasets } from './datasets.service.ts';
import { inspectUpload } from './inspect.service.ts';
import { listQuarantineInput, listQuarantineOutput, openQuarantinedInput, openQuarantinedOutput } from './quarantine.schema.ts';
import { pageRowsInput, pageRowsOutput, readCellInput, readCellOutput } from './rows.schema.ts';
import { inspectUploadInput, inspectUploadOutput } from './uploads.schema.ts';
import {
  importLabelsInput,
  newSplitInput,
  requestedVersionOutput,
  usageSchema,
  versionByNameInput,
  versionDetailSchema,
  versionIdInput,
} from './versions.schema.ts';
import { cancelVersion, getVersionByNumber, importLabels, requestSplit } from './versions.service.ts';
import { viewCell, viewQuarantine, viewQuarantined, viewRows } from './viewed-rows.service.ts';

const nothing = z.object({ ok: z.literal(true) });
const done = { ok: true } as const;

/** Datasets, their versions, rows and quarantine. Files come in and go out by `app/api/files`. */
export const datasetsRouter = router({
  list: projectProcedure('project:read')
    .input(listDatasetsInput)
    .output(listDatasetsOutput)
    .query(({ ctx, input }) => listDatasets(ctx.scope, input)),
  get: projectProcedure('project:read')
    .input(datasetByNameInput)
    .output(datasetDetailSchema)
    .query(({ ctx, input }) => getDataset(ctx.scope, input.dataset)),
  version: projectProcedure('project:read')
    .input(versionByNameInput)
    .output(versionDetailSchema.extend({ usage: usageSchema }))
    .query(({ ctx, input }) => getVersionByNumber(ctx.scope, input)),
  rows: projectProcedure('project:read')
    .input(pageRowsInput)
    .output(pageRowsOutput)
    .query(({ ctx, input }) => viewRows(ctx.scope, input)),
  cell: projectProcedure('project:read')
    .input(readCellInput)
    .output(readCellOutput)
    .query(({ ctx, input }) => viewCell(ctx.scope, input)),
  quarantine: projectProcedure('project:read')
    .input(listQuarantineInput)
    .output(listQuarantineOutput)
    .query(({ ctx, input }) => viewQuarantine(ctx.scope, input)),
  quarantined: projectProcedure('project:read')
    .input(openQuarantinedInput)
    .output(openQuarantinedOutput)
    .query(({ ctx, input }) => viewQuarantined(ctx.scope, input)),
  inspect: projectProcedure('data:write')
    .input(inspectUploadInput)
    .output(inspectUploadOutput)
    .query(({ ctx, input }) => inspectUpload(ctx.scope, input)),
  create: projectProcedure('data:write')
    .input(createDatasetInput)
    .output(createDatasetOutput)
    .mutation(({ ctx, input }) => createDataset(ctx.scope, input)),
  importLabels: projectProcedure('data:write')
    .input(importLabelsInput)
    .output(requestedVersionOutput)
    .mutation(({ ctx, input }) => importLabels(ctx.scope, input)),
  newSplit: projectProcedure('data:write')
    .input(newSplitInput)
    .output(requestedVersionOutput)
    .mutation(({ ctx, input }) => requestSplit(ctx.scope, input)),
  cancel: projectProcedure('data:write')
    .input(versionIdInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await cancelVersion(ctx.scope, input.versionId);
      return done;
    }),
  archive: projectProcedure('data:write')
    .input(archiveDatasetInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await archiveDataset(ctx.scope, input);
      return done;
    }),
});
