import { z } from 'zod';
import { ROLES } from '#server/auth/roles.ts';

export const role = z.enum(ROLES);

export const member = z.object({
  userId: z.uuid(),
  name: z.string(),
  email: z.string(),
  role,
  deactivated: z.boolean(),
  since: z.date(),
});
export type Member = z.infer<typeof member>;
export const listMembersOutput = z.object({ members: z.array(member) });

export const invite = z.object({
  id: z.uuid(),
  email: z.string(),
  role: role.nullable(),
  isAdmin: z.boolean(),
  createdAt: z.date(),
  expiresAt: z.date(),
  invitedBy: z.string().nullable(),
});
export type Invite = z.infer<typeof invite>;
export const listInvitesOutput = z.object({ invites: z.array(invite) });

const email = z.email('This is no e-mail address.').max(200);

export const addMemberInput = z.object({ email, role });
export type AddMemberInput = z.infer<typeof addMemberInput>;

/** `path` is the one-time link below the console's address; it is shown once. */
export const addMemberOutput = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('added'), name: z.string() }),
  z.object({ outcome: z.literal('invited'), email: z.string(), path: z.string(), expiresAt: z.date() }),
]);

/** `expected` is the role that the one who changes it saw; another one means that somebody was faster. */
export const changeRoleInput = z.object({ userId: z.uuid(), role, expected: role });
export type ChangeRoleInput = z.infer<typeof changeRoleInput>;
export const removeMemberInput = z.object({ userId: z.uuid(), expected: role });
export type RemoveMemberInput = z.infer<typeof removeMemberInput>;
export const revokeInviteInput = z.object({ id: z.uuid() });
