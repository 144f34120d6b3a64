import type { Actor } from '#server/auth/actor.ts';
import { log } from '#server/log.ts';

/** What every procedure gets: who calls, under which request id, and where it may write its log. */
export type Context = {
  actor: Actor | null;
  sessionId: string | null;
  requestId: string;
  address: string;
  log: typeof log;
};

/** The context without an HTTP request: for tests and for server components. */
export function createInnerContext(o: {
  actor: Actor | null;
  sessionId?: string | null;
  requestId?: string;
  address?: string;
}): Context {
  const requestId = o.requestId ?? crypto.randomUUID();
  return {
    actor: o.actor,
    sessionId: o.sessionId ?? null,
    requestId,
    address: o.address ?? '',
    log: log.child({ part: 'trpc', requestId, actor: o.actor?.name }),
  };
}
