import { personOf } from '#server/auth/actor.ts';
import { adminProcedure, router } from '#server/trpc/procedures.ts';
import { mailOutput, saveMailInput, testMailInput, testMailOutput } from './mail.schema.ts';
import { getMail, removeMail, saveMail, testMail } from './mail.service.ts';

/** The installation's mail server. */
export const mailRouter = router({
  get: adminProcedure.output(mailOutput).query(() => getMail()),
  save: adminProcedure
    .input(saveMailInput)
    .output(mailOutput)
    .mutation(({ ctx, input }) => saveMail(personOf(ctx.actor), input)),
  remove: adminProcedure.output(mailOutput).mutation(({ ctx }) => removeMail(personOf(ctx.actor))),
  test: adminProcedure
    .input(testMailInput)
    .output(testMailOutput)
    .mutation(({ ctx, input }) => testMail(personOf(ctx.actor), input.to)),
});
