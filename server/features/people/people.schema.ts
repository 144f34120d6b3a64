import { z } from 'zod';
import { ROLES } from '#server/auth/roles.ts';

export const me = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  isAdmin: z.boolean(),
  hasPassword: z.boolean(),
});
export type Me = z.infer<typeof me>;

export const ownSession = z.object({
  id: z.uuid(),
  device: z.string(),
  current: z.boolean(),
  createdAt: z.date(),
  lastSeenAt: z.date(),
  expiresAt: z.date(),
});
export type OwnSession = z.infer<typeof ownSession>;
export const mySessionsOutput = z.object({ sessions: z.array(ownSession) });

export const renameMeInput = z.object({ name: z.string().trim().min(1, 'A name needs at least one character.').max(100) });
export const changePasswordInput = z.object({ current: z.string().max(1000), next: z.string().max(1000) });
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;
export const endedOutput = z.object({ sessionsEnded: z.number().int() });

export const person = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  isAdmin: z.boolean(),
  signIn: z.enum(['password', 'single sign-on', 'both', 'none']),
  projects: z.array(z.object({ name: z.string(), role: z.enum(ROLES) })),
  openSessions: z.number().int(),
  liveTokens: z.number().int(),
  lastSeenAt: z.date().nullable(),
  createdAt: z.date(),
  deactivatedAt: z.date().nullable(),
});
export type Person = z.infer<typeof person>;
export const listPeopleOutput = z.object({ people: z.array(person) });

export const invitePersonInput = z.object({
  email: z.email('This is no e-mail address.').max(200),
  isAdmin: z.boolean().default(false),
});
export const linkOutput = z.object({ path: z.string(), expiresAt: z.date() });
export const personInput = z.object({ userId: z.uuid() });
export const deactivateInput = z.object({
  userId: z.uuid(),
  /** Also end the API tokens that this person made. They belong to their projects and go on otherwise. */
  revokeTokens: z.boolean(),
  reason: z.string().trim().max(500).optional(),
});
export type DeactivateInput = z.infer<typeof deactivateInput>;
export const deactivateOutput = z.object({ sessionsEnded: z.number().int(), tokensRevoked: z.number().int() });
export const setAdministratorInput = z.object({ userId: z.uuid(), isAdmin: z.boolean() });
export const sessionInput = z.object({ id: z.uuid() });
