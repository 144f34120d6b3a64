import { verifyRecordJob } from '#server/features/audit/audit.jobs.ts';
import { sealRecord } from '#server/features/audit/chain.service.ts';
import { signHeadOfDay } from '#server/features/audit/heads.service.ts';
import { writeReads } from '#server/features/audit/reads.service.ts';
import { checkOfTheNight } from '#server/features/audit/verification.service.ts';
import { buildVersionJob, sweepUploadsJob } from '#server/features/datasets/datasets.jobs.ts';
import { tickRollouts } from '#server/features/deployments/controller.service.ts';
import { runSuiteJob } from '#server/features/evaluations/evaluations.jobs.ts';
import { prepareLabelingJob } from '#server/features/labeling/labeling.jobs.ts';
import { nagForReviews } from '#server/features/models/promotion-emergency.service.ts';
import { expireRequests } from '#server/features/models/promotion-turns.service.ts';
import { prepareEvidenceJob } from '#server/features/models/promotions.jobs.ts';
import { computeMonitorJob } from '#server/features/monitoring/monitoring.jobs.ts';
import { roundOfMonitors } from '#server/features/monitoring/round.service.ts';
import { roundOfWebhooks } from '#server/features/notifications/delivering.service.ts';
import { deliverWebhookJob, digestJob, sendMailJob } from '#server/features/notifications/notifications.jobs.ts';
import { trainTrialJob } from '#server/features/training/training.jobs.ts';
import { bindJob, type JobBinding } from '#server/platform/queue/queue.ts';
import type { PeriodicTask } from './periodic.ts';

/** Every job of this installation with its handler, which the worker loads at the first run. */
export const jobBindings: JobBinding[] = [
  bindJob(verifyRecordJob, () => import('#server/features/audit/verify-record.handler.ts')),
  bindJob(buildVersionJob, () => import('#server/features/datasets/build-version.handler.ts')),
  bindJob(sweepUploadsJob, () => import('#server/features/datasets/sweep-uploads.handler.ts')),
  bindJob(prepareLabelingJob, () => import('#server/features/labeling/prepare.handler.ts')),
  bindJob(trainTrialJob, () => import('#server/features/training/trial.handler.ts')),
  bindJob(runSuiteJob, () => import('#server/features/evaluations/run-suite.handler.ts')),
  bindJob(prepareEvidenceJob, () => import('#server/features/models/prepare-evidence.handler.ts')),
  bindJob(computeMonitorJob, () => import('#server/features/monitoring/compute-monitor.handler.ts')),
  bindJob(sendMailJob, () => import('#server/features/notifications/send-mail.handler.ts')),
  bindJob(digestJob, () => import('#server/features/notifications/digest.handler.ts')),
  bindJob(deliverWebhookJob, () => import('#server/features/notifications/deliver-webhook.handler.ts')),
];

/** What one worker of all does again and again. */
export const periodic: PeriodicTask[] = [
  { name: 'seal the record', everyMs: 1_000, run: async () => void (await sealRecord()) },
  { name: 'write reads', everyMs: 15_000, run: async ({ now }) => void (await writeReads(now)) },
  { name: 'head of the day', everyMs: 60_000, run: ({ now }) => signHeadOfDay(now) },
  { name: 'check of the night', everyMs: 60_000, run: ({ now }) => checkOfTheNight(now) },
  { name: 'rollouts', everyMs: 1_000, run: ({ now }) => tickRollouts(now) },
  { name: 'promotions.expire', everyMs: 30_000, run: ({ now }) => expireRequests(now) },
  { name: 'promotions.reviews', everyMs: 60_000, run: ({ now }) => nagForReviews(now) },
  { name: 'monitors', everyMs: 3_000, run: () => roundOfMonitors() },
  { name: 'abandoned work', everyMs: 30_000, run: async ({ now }) => (await import('./abandoned.ts')).endAbandoned(now) },
  { name: 'webhooks', everyMs: 5_000, run: ({ now }) => roundOfWebhooks(now) },
];
