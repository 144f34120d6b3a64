import { projectProcedure, router } from '#server/trpc/procedures.ts';
import {
  recordTimelineInput,
  recordTimelineOutput,
  whatWasInput,
  whatWasOutput,
  whoAnsweredInput,
  whoAnsweredOutput,
} from './record.schema.ts';
import { recordTimeline, whatWas, whoAnswered } from './record.service.ts';

/** What was: for any moment, and for any answer. */
export const recordRouter = router({
  whatWas: projectProcedure('audit:read')
    .input(whatWasInput)
    .output(whatWasOutput)
    .query(({ ctx, input }) => whatWas(ctx.scope, input, new Date())),
  timeline: projectProcedure('audit:read')
    .input(recordTimelineInput)
    .output(recordTimelineOutput)
    .query(({ ctx, input }) => recordTimeline(ctx.scope, input.model)),
  prediction: projectProcedure('audit:read')
    .input(whoAnsweredInput)
    .output(whoAnsweredOutput)
    .query(({ ctx, input }) => whoAnswered(ctx.scope, input)),
});
