import { EventEmitter, on } from 'node:events';
import { z } from 'zod';
import type { Actor, ProjectScope } from '#server/auth/actor.ts';
import { resolveProjectScope } from '#server/auth/project-scope.ts';
import { findSession } from '#server/auth/session.ts';
import type { DomainEvent } from '#server/platform/events/events.ts';
import { subscribe } from '#server/platform/events/events.ts';
import { projectProcedure, router } from '#server/trpc/procedures.ts';

/** Who has lost the project hears nothing any more; so often it is looked at, and only when something happens. */
const RECHECK_MS = 5_000;

/** Facts as they happen in one project. They name what changed; the reader fetches what it may see. */
export const liveRouter = router({
  events: projectProcedure('project:read')
    .input(z.object({ since: z.string().optional() }))
    .subscription(async function* ({ ctx, signal }) {
      const emitter = new EventEmitter();
      const unsubscribe = subscribe((event) => {
        if (event.projectId === ctx.scope.projectId || event.type === 'resync') emitter.emit('event', event);
      });
      let checkedAt = Date.now();
      try {
        for await (const [event] of on(emitter, 'event', { signal })) {
          if (Date.now() - checkedAt > RECHECK_MS) {
            if (!(await mayStillListen(ctx))) return;
            checkedAt = Date.now();
          }
          yield event as DomainEvent;
        }
      } catch (error) {
        if (!signal?.aborted) throw error;
      } finally {
        unsubscribe();
      }
    }),
});

/** False once the session was ended, the person deactivated, or the membership taken back. */
async function mayStillListen(ctx: { actor: Actor; sessionId: string | null; scope: ProjectScope }): Promise<boolean> {
  if (ctx.sessionId && !(await findSession(ctx.sessionId))) return false;
  return (await resolveProjectScope(ctx.actor, ctx.scope.projectName)) !== null;
}
