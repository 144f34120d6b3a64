import { projectProcedure, router } from '#server/trpc/procedures.ts';
import {
  labelRowsInput,
  labelRowsOutput,
  listRowsInput,
  listRowsOutput,
  openRowInput,
  openRowOutput,
  rowFacetsInput,
  rowFacetsOutput,
  rowNumbersInput,
  rowNumbersOutput,
  tagRowsInput,
  tagRowsOutput,
} from './rows.schema.ts';
import { labelRows, listRowFacets, listRowNumbers, listRows, openRow, tagRows } from './rows.service.ts';

/** The very rows that versions of a model answer differently or get wrong. */
export const rowsRouter = router({
  list: projectProcedure('project:read')
    .input(listRowsInput)
    .output(listRowsOutput)
    .query(({ ctx, input }) => listRows(ctx.scope, input)),
  facets: projectProcedure('project:read')
    .input(rowFacetsInput)
    .output(rowFacetsOutput)
    .query(({ ctx, input }) => listRowFacets(ctx.scope, input)),
  numbers: projectProcedure('project:read')
    .input(rowNumbersInput)
    .output(rowNumbersOutput)
    .query(({ ctx, input }) => listRowNumbers(ctx.scope, input)),
  open: projectProcedure('project:read')
    .input(openRowInput)
    .output(openRowOutput)
    .query(({ ctx, input }) => openRow(ctx.scope, input)),
  tag: projectProcedure('test:write')
    .input(tagRowsInput)
    .output(tagRowsOutput)
    .mutation(({ ctx, input }) => tagRows(ctx.scope, input)),
  label: projectProcedure('label:manage')
    .input(labelRowsInput)
    .output(labelRowsOutput)
    .mutation(({ ctx, input }) => labelRows(ctx.scope, input)),
});
