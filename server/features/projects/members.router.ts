import {
  addMemberInput,
  addMemberOutput,
  changeRoleInput,
  listInvitesOutput,
  listMembersOutput,
  removeMemberInput,
  revokeInviteInput,
} from '#server/features/projects/members.schema.ts';
import {
  addMember,
  changeRole,
  listMemberInvites,
  listMembers,
  removeMember,
  revokeMemberInvite,
} from '#server/features/projects/members.service.ts';
import { doneOutput } from '#server/features/projects/tokens.schema.ts';
import { projectProcedure, router } from '#server/trpc/procedures.ts';

const done = { done: true } as const;

/** The people of a project and their roles. */
export const membersRouter = router({
  list: projectProcedure('project:read')
    .output(listMembersOutput)
    .query(({ ctx }) => listMembers(ctx.scope)),
  invites: projectProcedure('member:manage')
    .output(listInvitesOutput)
    .query(({ ctx }) => listMemberInvites(ctx.scope)),
  add: projectProcedure('member:manage')
    .input(addMemberInput)
    .output(addMemberOutput)
    .mutation(({ ctx, input }) => addMember(ctx.scope, input)),
  changeRole: projectProcedure('member:manage')
    .input(changeRoleInput)
    .output(doneOutput)
    .mutation(async ({ ctx, input }) => {
      await changeRole(ctx.scope, input);
      return done;
    }),
  remove: projectProcedure('member:manage')
    .input(removeMemberInput)
    .output(doneOutput)
    .mutation(async ({ ctx, input }) => {
      await removeMember(ctx.scope, input);
      return done;
    }),
  revokeInvite: projectProcedure('member:manage')
    .input(revokeInviteInput)
    .output(doneOutput)
    .mutation(async ({ ctx, input }) => {
      await revokeMemberInvite(ctx.scope, input.id);
      return done;
    }),
});
