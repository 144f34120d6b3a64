import { z } from 'zod';
import { doneOutput } from '#server/features/projects/tokens.schema.ts';
import { projectProcedure, router } from '#server/trpc/procedures.ts';
import {
  createWebhookInput,
  deliveryOutput,
  listDeliveriesInput,
  listDeliveriesOutput,
  listWebhooksOutput,
  updateWebhookInput,
  webhookInput,
  webhookSecretOutput,
} from './webhooks.schema.ts';
import {
  changeWebhook,
  createWebhook,
  listDeliveries,
  listWebhooks,
  redeliver,
  removeWebhook,
  rotateSecret,
  testWebhook,
} from './webhooks.service.ts';

/** Webhooks of a project. They are a way out for its events, as tokens are a way in: one right for both. */
export const webhooksRouter = router({
  list: projectProcedure('token:manage')
    .output(listWebhooksOutput)
    .query(({ ctx }) => listWebhooks(ctx.scope)),
  deliveries: projectProcedure('token:manage')
    .input(listDeliveriesInput)
    .output(listDeliveriesOutput)
    .query(({ ctx, input }) => listDeliveries(ctx.scope, input.id, input.limit)),
  create: projectProcedure('token:manage')
    .input(createWebhookInput)
    .output(webhookSecretOutput)
    .mutation(({ ctx, input }) => createWebhook(ctx.scope, input)),
  change: projectProcedure('token:manage')
    .input(updateWebhookInput)
    .output(doneOutput)
    .mutation(async ({ ctx, input }) => {
      await changeWebhook(ctx.scope, input);
      return { done: true as const };
    }),
  rotate: projectProcedure('token:manage')
    .input(webhookInput)
    .output(webhookSecretOutput)
    .mutation(({ ctx, input }) => rotateSecret(ctx.scope, input.id)),
  remove: projectProcedure('token:manage')
    .input(webhookInput)
    .output(doneOutput)
    .mutation(async ({ ctx, input }) => {
      await removeWebhook(ctx.scope, input.id);
      return { done: true as const };
    }),
  test: projectProcedure('token:manage')
    .input(webhookInput)
    .output(deliveryOutput)
    .mutation(({ ctx, input }) => testWebhook(ctx.scope, input.id)),
  redeliver: projectProcedure('token:manage')
    .input(z.object({ deliveryId: z.uuid() }))
    .output(deliveryOutput)
    .mutation(({ ctx, input }) => redeliver(ctx.scope, input.deliveryId)),
});
