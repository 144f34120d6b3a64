import { z } from 'zod';
import { projectProcedure, router } from '#server/trpc/procedures.ts';
import {
  checkRuleInput,
  checkRuleOutput,
  delegateInput,
  endDelegationInput,
  listApproversOutput,
  listDelegationsOutput,
  listRulesInput,
  listRulesOutput,
  saveRuleInput,
  saveRuleOutput,
} from './approval.schema.ts';
import { checkRule, listApprovers, listRules, saveRule } from './approval-rules.service.ts';
import { delegate, endDelegation, listDelegations } from './delegations.service.ts';
import { commentInput, commentOutput, listThreadsInput, listThreadsOutput, resolveThreadInput } from './discussion.schema.ts';
import { comment, listThreads, resolveThread } from './discussion.service.ts';
import { reviewEmergency } from './promotion-emergency.service.ts';
import { getChanges, getRequest, getSections, listRequests } from './promotion-reads.service.ts';
import { answerChanges, prepareAnew, withdrawPromotion } from './promotion-turns.service.ts';
import { approvePromotion, askChanges, refusePromotion } from './promotion-votes.service.ts';
import {
  answerInput,
  changesInput,
  decideInput,
  decideOutput,
  getChangesOutput,
  getRequestInput,
  getRequestOutput,
  getSectionsOutput,
  listRequestsInput,
  listRequestsOutput,
  prepareAnewInput,
  requestPromotionInput,
  requestPromotionOutput,
  reviewInput,
  turnOutput,
  withdrawInput,
} from './promotions.schema.ts';
import { requestPromotion } from './promotions.service.ts';

const read = projectProcedure('project:read');
const ask = projectProcedure('promotion:request');
const decide = projectProcedure('promotion:decide');
const discuss = projectProcedure('promotion:comment');
const rule = projectProcedure('member:manage');

/** Requests to move a version up, their evidence, what is said about them, and the decision. */
export const promotionsRouter = router({
  list: read
    .input(listRequestsInput)
    .output(listRequestsOutput)
    .query(({ ctx, input }) => listRequests(ctx.scope, input)),
  get: read
    .input(getRequestInput)
    .output(getRequestOutput)
    .query(({ ctx, input }) => getRequest(ctx.scope, input.id)),
  sections: read
    .input(getRequestInput)
    .output(getSectionsOutput)
    .query(({ ctx, input }) => getSections(ctx.scope, input.id)),
  changes: read
    .input(getRequestInput)
    .output(getChangesOutput)
    .query(({ ctx, input }) => getChanges(ctx.scope, input.id)),
  request: ask
    .input(requestPromotionInput)
    .output(requestPromotionOutput)
    .mutation(({ ctx, input }) => requestPromotion(ctx.scope, input)),
  approve: decide
    .input(decideInput)
    .output(decideOutput)
    .mutation(({ ctx, input }) => approvePromotion(ctx.scope, input)),
  refuse: decide
    .input(decideInput)
    .output(decideOutput)
    .mutation(({ ctx, input }) => refusePromotion(ctx.scope, input)),
  askChanges: decide
    .input(changesInput)
    .output(decideOutput)
    .mutation(({ ctx, input }) => askChanges(ctx.scope, input)),
  answer: ask
    .input(answerInput)
    .output(turnOutput)
    .mutation(({ ctx, input }) => answerChanges(ctx.scope, input)),
  withdraw: ask
    .input(withdrawInput)
    .output(turnOutput)
    .mutation(({ ctx, input }) => withdrawPromotion(ctx.scope, input)),
  prepareAnew: discuss
    .input(prepareAnewInput)
    .output(turnOutput)
    .mutation(({ ctx, input }) => prepareAnew(ctx.scope, input.id)),
  review: decide
    .input(reviewInput)
    .output(turnOutput)
    .mutation(({ ctx, input }) => reviewEmergency(ctx.scope, input)),
  threads: read
    .input(listThreadsInput)
    .output(listThreadsOutput)
    .query(({ ctx, input }) => listThreads(ctx.scope, input.id)),
  comment: discuss
    .input(commentInput)
    .output(commentOutput)
    .mutation(({ ctx, input }) => comment(ctx.scope, input)),
  resolveThread: discuss
    .input(resolveThreadInput)
    .output(z.void())
    .mutation(({ ctx, input }) => resolveThread(ctx.scope, input)),
  rules: read
    .input(listRulesInput)
    .output(listRulesOutput)
    .query(({ ctx, input }) => listRules(ctx.scope, input)),
  checkRule: read
    .input(checkRuleInput)
    .output(checkRuleOutput)
    .query(({ ctx, input }) => checkRule(ctx.scope, input)),
  saveRule: rule
    .input(saveRuleInput)
    .output(saveRuleOutput)
    .mutation(({ ctx, input }) => saveRule(ctx.scope, input)),
  approvers: read.output(listApproversOutput).query(({ ctx }) => listApprovers(ctx.scope)),
  delegations: read.output(listDelegationsOutput).query(({ ctx }) => listDelegations(ctx.scope)),
  delegate: decide
    .input(delegateInput)
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => delegate(ctx.scope, input)),
  endDelegation: decide
    .input(endDelegationInput)
    .output(z.void())
    .mutation(({ ctx, input }) => endDelegation(ctx.scope, input.id)),
});
