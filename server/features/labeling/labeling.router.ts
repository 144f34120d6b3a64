import { projectProcedure, router } from '#server/trpc/procedures.ts';
import { answerItem, listHistory, skipItem, undoAnswer } from './answers.service.ts';
import {
  createLabelingInput,
  labelingDetail,
  labelingName,
  listLabelingOutput,
  makeVersionInput,
  makeVersionOutput,
  setStateInput,
  updateLabelingInput,
} from './labeling.schema.ts';
import { createLabeling, editLabeling, getLabeling, listLabelings, setLabelingState } from './labeling.service.ts';
import { listItems, ownProgress, returnItem, teamProgress } from './progress.service.ts';
import {
  answerInput,
  answerOutput,
  historyInput,
  historyOutput,
  itemsInput,
  itemsOutput,
  leaveInput,
  leaveOutput,
  nextInput,
  nextOutput,
  ownProgressInput,
  ownProgressOutput,
  renewInput,
  renewOutput,
  reopenItemInput,
  reopenItemOutput,
  skipInput,
  teamOutput,
  undoInput,
  undoOutput,
} from './queue.schema.ts';
import { leaveQueue, nextItems, renewItems } from './queue.service.ts';
import { makeDatasetVersion } from './results.service.ts';

/** Labeling projects, their queues, and what comes out of them. */
export const labelingRouter = router({
  list: projectProcedure('project:read')
    .output(listLabelingOutput)
    .query(({ ctx }) => listLabelings(ctx.scope)),
  get: projectProcedure('project:read')
    .input(labelingName)
    .output(labelingDetail)
    .query(({ ctx, input }) => getLabeling(ctx.scope, input.labeling)),
  create: projectProcedure('label:manage')
    .input(createLabelingInput)
    .output(labelingDetail)
    .mutation(({ ctx, input }) => createLabeling(ctx.scope, input)),
  update: projectProcedure('label:manage')
    .input(updateLabelingInput)
    .output(labelingDetail)
    .mutation(({ ctx, input }) => editLabeling(ctx.scope, input)),
  setState: projectProcedure('label:manage')
    .input(setStateInput)
    .output(labelingDetail)
    .mutation(({ ctx, input }) => setLabelingState(ctx.scope, input)),
  team: projectProcedure('project:read')
    .input(labelingName)
    .output(teamOutput)
    .query(({ ctx, input }) => teamProgress(ctx.scope, input.labeling)),
  items: projectProcedure('project:read')
    .input(itemsInput)
    .output(itemsOutput)
    .query(({ ctx, input }) => listItems(ctx.scope, input)),
  returnItem: projectProcedure('label:manage')
    .input(reopenItemInput)
    .output(reopenItemOutput)
    .mutation(({ ctx, input }) => returnItem(ctx.scope, input)),
  makeVersion: projectProcedure('data:write')
    .input(makeVersionInput)
    .output(makeVersionOutput)
    .mutation(({ ctx, input }) => makeDatasetVersion(ctx.scope, input)),

  next: projectProcedure('label:write')
    .input(nextInput)
    .output(nextOutput)
    .mutation(({ ctx, input }) => nextItems(ctx.scope, input)),
  renew: projectProcedure('label:write')
    .input(renewInput)
    .output(renewOutput)
    .mutation(({ ctx, input }) => renewItems(ctx.scope, input)),
  leave: projectProcedure('label:write')
    .input(leaveInput)
    .output(leaveOutput)
    .mutation(({ ctx, input }) => leaveQueue(ctx.scope, input.labeling)),
  answer: projectProcedure('label:write')
    .input(answerInput)
    .output(answerOutput)
    .mutation(({ ctx, input }) => answerItem(ctx.scope, input)),
  skip: projectProcedure('label:write')
    .input(skipInput)
    .output(answerOutput)
    .mutation(({ ctx, input }) => skipItem(ctx.scope, input)),
  undo: projectProcedure('label:write')
    .input(undoInput)
    .output(undoOutput)
    .mutation(({ ctx, input }) => undoAnswer(ctx.scope, input)),
  history: projectProcedure('label:write')
    .input(historyInput)
    .output(historyOutput)
    .query(({ ctx, input }) => listHistory(ctx.scope, input)),
  progress: projectProcedure('label:write')
    .input(ownProgressInput)
    .output(ownProgressOutput)
    .query(({ ctx, input }) => ownProgress(ctx.scope, input)),
});
