import { liveRouter } from '#server/trpc/live.router.ts';
import { createCallerFactory, router } from '#server/trpc/procedures.ts';

/** Every procedure that the browser can call, one key a slice. */
export const appRouter = router({
  live: liveRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
