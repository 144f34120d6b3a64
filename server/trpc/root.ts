import { auditRouter } from '#server/features/audit/audit.router.ts';
import { behaviourRouter } from '#server/features/behaviour/behaviour.router.ts';
import { cardsRouter } from '#server/features/cards/cards.router.ts';
import { datasetsRouter } from '#server/features/datasets/datasets.router.ts';
import { deploymentsRouter } from '#server/features/deployments/deployments.router.ts';
import { rolloutsRouter } from '#server/features/deployments/rollouts.router.ts';
import { evaluationsRouter } from '#server/features/evaluations/evaluations.router.ts';
import { rowsRouter } from '#server/features/evaluations/rows.router.ts';
import { experimentsRouter } from '#server/features/experiments/experiments.router.ts';
import { explanationsRouter } from '#server/features/explanations/explanations.router.ts';
import { fairnessRouter } from '#server/features/fairness/fairness.router.ts';
import { homeRouter } from '#server/features/home/home.router.ts';
import { labelingRouter } from '#server/features/labeling/labeling.router.ts';
import { modelsRouter } from '#server/features/models/models.router.ts';
import { promotionsRouter } from '#server/features/models/promotions.router.ts';
import { monitoringRouter } from '#server/features/monitoring/monitoring.router.ts';
import { mailRouter } from '#server/features/notifications/mail.router.ts';
import { notificationsRouter } from '#server/features/notifications/notifications.router.ts';
import { webhooksRouter } from '#server/features/notifications/webhooks.router.ts';
import { peopleRouter } from '#server/features/people/people.router.ts';
import { predictionsRouter } from '#server/features/predictions/predictions.router.ts';
import { projectsRouter } from '#server/features/projects/projects.router.ts';
import { recordRouter } from '#server/features/record/record.router.ts';
import { systemRouter } from '#server/features/system/system.router.ts';
import { trainingRouter } from '#server/features/training/training.router.ts';
import { liveRouter } from '#server/trpc/live.router.ts';
import { createCallerFactory, router } from '#server/trpc/procedures.ts';

/** Every procedure that the browser can call, one key a slice. */
export const appRouter = router({
  audit: auditRouter,
  behaviour: behaviourRouter,
  cards: cardsRouter,
  datasets: datasetsRouter,
  deployments: deploymentsRouter,
  evaluations: evaluationsRouter,
  experiments: experimentsRouter,
  explanations: explanationsRouter,
  fairness: fairnessRouter,
  home: homeRouter,
  labeling: labelingRouter,
  live: liveRouter,
  mail: mailRouter,
  models: modelsRouter,
  monitoring: monitoringRouter,
  notifications: notificationsRouter,
  people: peopleRouter,
  predictions: predictionsRouter,
  projects: projectsRouter,
  promotions: promotionsRouter,
  record: recordRouter,
  rollouts: rolloutsRouter,
  rows: rowsRouter,
  system: systemRouter,
  training: trainingRouter,
  webhooks: webhooksRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
