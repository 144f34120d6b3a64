import { EventEmitter, on } from 'node:events';
import { z } from 'zod';
import type { DomainEvent } from '#server/platform/events/events.ts';
import { subscribe } from '#server/platform/events/events.ts';
import { projectProcedure, router } from '#server/trpc/procedures.ts';

/** Facts as they happen in one project. They name what changed; the reader fetches what it may see. */
export const liveRouter = router({
  events: projectProcedure('project:read')
    .input(z.object({ since: z.string().optional() }))
    .subscription(async function* ({ ctx, signal }) {
      const emitter = new EventEmitter();
      const unsubscribe = subscribe((event) => {
        if (event.projectId === ctx.scope.projectId || event.type === 'resync') emitter.emit('event', event);
      });
      try {
        for await (const [event] of on(emitter, 'event', { signal: signal ?? new AbortController().signal })) {
          yield event as DomainEvent;
        }
      } catch (error) {
        if (!signal?.aborted) throw error;
      } finally {
        unsubscribe();
      }
    }),
});
