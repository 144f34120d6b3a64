import type { Actor } from '#server/auth/actor.ts';
import { personOf } from '#server/auth/actor.ts';
import { changeMyPassword, endMySessions, getMe, listMySessions, renameMe } from '#server/features/people/account.service.ts';
import {
  changePasswordInput,
  endedOutput,
  me,
  mySessionsOutput,
  renameMeInput,
  sessionInput,
} from '#server/features/people/people.schema.ts';
import { doneOutput } from '#server/features/projects/tokens.schema.ts';
import { router, userProcedure } from '#server/trpc/procedures.ts';

/** What everybody may see and change about themselves. */
export const accountRouter = router({
  me: userProcedure.output(me).query(({ ctx }) => getMe(selfOf(ctx))),
  rename: userProcedure
    .input(renameMeInput)
    .output(doneOutput)
    .mutation(async ({ ctx, input }) => {
      await renameMe(selfOf(ctx), input.name);
      return { done: true as const };
    }),
  sessions: userProcedure.output(mySessionsOutput).query(({ ctx }) => listMySessions(selfOf(ctx))),
  endSession: userProcedure
    .input(sessionInput)
    .output(endedOutput)
    .mutation(({ ctx, input }) => endMySessions(selfOf(ctx), input.id)),
  endOtherSessions: userProcedure.output(endedOutput).mutation(({ ctx }) => endMySessions(selfOf(ctx))),
  changePassword: userProcedure
    .input(changePasswordInput)
    .output(endedOutput)
    .mutation(({ ctx, input }) => changeMyPassword(selfOf(ctx), input)),
});

function selfOf(ctx: { actor: Actor; sessionId: string | null }) {
  return { actor: personOf(ctx.actor), sessionId: ctx.sessionId };
}
