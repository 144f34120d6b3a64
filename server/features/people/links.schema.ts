import { z } from 'zod';
import { ROLES } from '#server/auth/roles.ts';

const token = z.string().min(10).max(200);

export const readLinkInput = z.object({ token });

/** What a one-time link is for. `state` says whether it can still be used. */
export const readLinkOutput = z.object({
  kind: z.enum(['setup', 'invite', 'reset']),
  state: z.enum(['open', 'used', 'expired', 'revoked']),
  email: z.string().nullable(),
  name: z.string().nullable(),
  project: z.string().nullable(),
  role: z.enum(ROLES).nullable(),
  isAdmin: z.boolean(),
  expiresAt: z.date(),
});
export type LinkDetail = z.infer<typeof readLinkOutput>;

/** `name` for who is new, `email` for the first administrator. */
export const takeLinkInput = z.object({
  token,
  password: z.string().max(1000),
  name: z.string().trim().min(1).max(100).optional(),
  email: z.email('This is no e-mail address.').max(200).optional(),
});
export type TakeLinkInput = z.infer<typeof takeLinkInput>;
/** What the sign-in page needs: the name of the identity provider, and whether anybody can sign in yet. */
export const signInOptionsOutput = z.object({ provider: z.string().nullable(), needsSetUp: z.boolean() });

export const takeLinkOutput = z.object({ email: z.string() });
