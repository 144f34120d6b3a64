import { projectProcedure, router } from '#server/trpc/procedures.ts';
import {
  diffCardsInput,
  diffCardsOutput,
  frozenCardInput,
  frozenCardOutput,
  getCardInput,
  getCardOutput,
  saveCardInput,
  saveCardOutput,
} from './cards.schema.ts';
import { compareCards, getCard, getFrozenCard, saveCard } from './cards.service.ts';

/** Model cards: what Stagecraft knows and what people wrote. */
export const cardsRouter = router({
  get: projectProcedure('project:read')
    .input(getCardInput)
    .output(getCardOutput)
    .query(({ ctx, input }) => getCard(ctx.scope, input, new Date())),
  save: projectProcedure('promotion:comment')
    .input(saveCardInput)
    .output(saveCardOutput)
    .mutation(({ ctx, input }) => saveCard(ctx.scope, input)),
  diff: projectProcedure('project:read')
    .input(diffCardsInput)
    .output(diffCardsOutput)
    .query(({ ctx, input }) => compareCards(ctx.scope, input, new Date())),
  frozen: projectProcedure('project:read')
    .input(frozenCardInput)
    .output(frozenCardOutput)
    .query(({ ctx, input }) => getFrozenCard(ctx.scope, input.requestId)),
});
