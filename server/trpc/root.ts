import { auditRouter } from '#server/features/audit/audit.router.ts';
import { peopleRouter } from '#server/features/people/people.router.ts';
import { projectsRouter } from '#server/features/projects/projects.router.ts';
import { systemRouter } from '#server/features/system/system.router.ts';
import { liveRouter } from '#server/trpc/live.router.ts';
import { createCallerFactory, router } from '#server/trpc/procedures.ts';

/** Every procedure that the browser can call, one key a slice. */
export const appRouter = router({
  audit: auditRouter,
  live: liveRouter,
  people: peopleRouter,
  projects: projectsRouter,
  system: systemRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
