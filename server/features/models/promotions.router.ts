import { projectProcedure, router } from '#server/trpc/procedures.ts';
import { getRequest, listRequests } from './promotion-reads.service.ts';
import {
  decideInput,
  decideOutput,
  getRequestInput,
  getRequestOutput,
  listRequestsInput,
  listRequestsOutput,
  requestPromotionInput,
  requestPromotionOutput,
  withdrawInput,
} from './promotions.schema.ts';
import { approvePromotion, refusePromotion, requestPromotion, withdrawPromotion } from './promotions.service.ts';

/** Requests to move a version up, their evidence, and the decision. */
export const promotionsRouter = router({
  list: projectProcedure('project:read')
    .input(listRequestsInput)
    .output(listRequestsOutput)
    .query(({ ctx, input }) => listRequests(ctx.scope, input)),
  get: projectProcedure('project:read')
    .input(getRequestInput)
    .output(getRequestOutput)
    .query(({ ctx, input }) => getRequest(ctx.scope, input.id)),
  request: projectProcedure('promotion:request')
    .input(requestPromotionInput)
    .output(requestPromotionOutput)
    .mutation(({ ctx, input }) => requestPromotion(ctx.scope, input)),
  approve: projectProcedure('promotion:decide')
    .input(decideInput)
    .output(decideOutput)
    .mutation(({ ctx, input }) => approvePromotion(ctx.scope, input)),
  refuse: projectProcedure('promotion:decide')
    .input(decideInput)
    .output(decideOutput)
    .mutation(({ ctx, input }) => refusePromotion(ctx.scope, input)),
  withdraw: projectProcedure('promotion:request')
    .input(withdrawInput)
    .output(decideOutput)
    .mutation(({ ctx, input }) => withdrawPromotion(ctx.scope, input)),
});
