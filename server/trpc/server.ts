import { headers } from 'next/headers';
import { resolveSession } from '#server/auth/session.ts';
import { createInnerContext } from '#server/trpc/context.ts';
import { createCaller } from '#server/trpc/root.ts';

/** The router's procedures for server components, as the person of the current request. */
export async function getCaller() {
  const session = await resolveSession(await headers());
  return createCaller(createInnerContext({ actor: session?.actor ?? null, sessionId: session?.sessionId ?? null }));
}
