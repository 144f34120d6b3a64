import { personOf } from '#server/auth/actor.ts';
import { accountRouter } from '#server/features/people/account.router.ts';
import {
  readLinkInput,
  readLinkOutput,
  signInOptionsOutput,
  takeLinkInput,
  takeLinkOutput,
} from '#server/features/people/links.schema.ts';
import { getSignInOptions, readLink, takeLink } from '#server/features/people/links.service.ts';
import {
  deactivateInput,
  deactivateOutput,
  endedOutput,
  invitePersonInput,
  linkOutput,
  listPeopleOutput,
  personInput,
  setAdministratorInput,
} from '#server/features/people/people.schema.ts';
import {
  createResetLink,
  deactivatePerson,
  endPersonSessions,
  invitePerson,
  listOpenInvites,
  listPeople,
  reactivatePerson,
  revokeOpenInvite,
  setAdministrator,
} from '#server/features/people/people.service.ts';
import { listInvitesOutput, revokeInviteInput } from '#server/features/projects/members.schema.ts';
import { doneOutput } from '#server/features/projects/tokens.schema.ts';
import { adminProcedure, publicProcedure, router } from '#server/trpc/procedures.ts';

const done = { done: true } as const;

/** People of this installation: for administrators, for holders of one-time links, and (`account`) each for themselves. */
export const peopleRouter = router({
  account: accountRouter,
  signInOptions: publicProcedure.output(signInOptionsOutput).query(() => getSignInOptions()),
  readLink: publicProcedure
    .input(readLinkInput)
    .output(readLinkOutput)
    .query(({ input }) => readLink(input.token)),
  takeLink: publicProcedure
    .input(takeLinkInput)
    .output(takeLinkOutput)
    .mutation(({ input }) => takeLink(input)),
  list: adminProcedure.output(listPeopleOutput).query(() => listPeople()),
  invites: adminProcedure.output(listInvitesOutput).query(() => listOpenInvites()),
  invite: adminProcedure
    .input(invitePersonInput)
    .output(linkOutput)
    .mutation(({ ctx, input }) => invitePerson(ctx.actor, input)),
  revokeInvite: adminProcedure
    .input(revokeInviteInput)
    .output(doneOutput)
    .mutation(async ({ ctx, input }) => {
      await revokeOpenInvite(ctx.actor, input.id);
      return done;
    }),
  createResetLink: adminProcedure
    .input(personInput)
    .output(linkOutput)
    .mutation(({ ctx, input }) => createResetLink(ctx.actor, input.userId)),
  deactivate: adminProcedure
    .input(deactivateInput)
    .output(deactivateOutput)
    .mutation(({ ctx, input }) => deactivatePerson(personOf(ctx.actor), input)),
  reactivate: adminProcedure
    .input(personInput)
    .output(doneOutput)
    .mutation(async ({ ctx, input }) => {
      await reactivatePerson(ctx.actor, input.userId);
      return done;
    }),
  setAdministrator: adminProcedure
    .input(setAdministratorInput)
    .output(doneOutput)
    .mutation(async ({ ctx, input }) => {
      await setAdministrator(personOf(ctx.actor), input);
      return done;
    }),
  endSessions: adminProcedure
    .input(personInput)
    .output(endedOutput)
    .mutation(({ ctx, input }) => endPersonSessions(ctx.actor, input.userId)),
});
