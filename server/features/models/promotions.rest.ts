import { z } from 'zod';
import { DomainError, notFound } from '#server/errors.ts';
import { defineRoute, type RestRoute } from '#server/gateway/plugin.ts';
import { commentBodySchema } from './discussion.schema.ts';
import { comment } from './discussion.service.ts';
import { promotionStatusSchema } from './models.schema.ts';
import { getRequest, listRequests } from './promotion-reads.service.ts';
import { answerChanges, withdrawPromotion } from './promotion-turns.service.ts';
import { waitForRequest } from './promotion-wait.service.ts';
import type { RequestDetail, RequestItem } from './promotions.schema.ts';
import { requestPromotionInput } from './promotions.schema.ts';
import { requestPromotion } from './promotions.service.ts';

const summary = z.object({
  id: z.string(),
  model: z.string(),
  version: z.number().int(),
  stage: z.string(),
  status: promotionStatusSchema,
  reason: z.string(),
  requested_by: z.string(),
  requested_at: z.date(),
  decided_at: z.date().nullable(),
  ended_at: z.date().nullable(),
  /** Why it has failed. */
  error: z.string().nullable(),
  approvals: z.object({ given: z.number().int(), needed: z.number().int() }),
  emergency: z.boolean(),
  expires_at: z.date().nullable(),
});
const gate = z.object({
  id: z.string(),
  title: z.string(),
  passed: z.boolean(),
  blocking: z.boolean(),
  sentence: z.string(),
});
const detail = summary.extend({
  /** Where people decide. A path of the console. */
  path: z.string(),
  waits_for: z.array(z.string()),
  decisions: z.array(
    z.object({
      verdict: z.string(),
      by: z.string(),
      for: z.string().nullable(),
      reason: z.string(),
      at: z.date(),
      counts: z.boolean(),
    }),
  ),
  evidence: z.object({ sha256: z.string().nullable(), gates: z.array(gate), gates_passed: z.boolean() }).nullable(),
  obstacles: z.array(z.object({ code: z.string(), sentence: z.string() })),
  rollout: z.object({ deployment: z.string(), number: z.number().int() }).nullable(),
});
const asked = z.object({ id: z.string(), status: promotionStatusSchema });
const reason = requestPromotionInput.shape.reason;
const askInput = requestPromotionInput
  .pick({ deployment: true, plan: true, emergency: true, reason: true })
  .extend({ version: z.number().int().min(1), stage: requestPromotionInput.shape.target })
  .strict();

/** Requests for a promotion, for programs: ask, look, answer, take back. Programs never decide. */
export const promotionsRest: RestRoute[] = [
  defineRoute({
    method: 'POST',
    url: '/v1/models/:model/promotions',
    scope: 'promotion:request',
    summary: 'Ask to move a version to a stage',
    description:
      'Its evidence is prepared first; then the gates judge it, and people decide where the stage wants them to. Read the request until its status is an end: completed, refused, withdrawn, expired or failed.',
    status: 201,
    input: askInput,
    output: asked,
    handle: async ({ scope, params, body }) => {
      const { version, stage, ...rest } = body;
      const { id } = await requestPromotion(scope, { model: params.model ?? '', number: version, target: stage, ...rest });
      return { id, status: 'preparing' as const };
    },
  }),
  defineRoute({
    method: 'GET',
    url: '/v1/promotions',
    scope: 'project:read',
    summary: 'List requests for a promotion: those that wait, then those under way, then ended ones',
    query: z.object({ model: z.string().max(200).optional() }),
    output: z.object({ requests: z.array(summary) }),
    handle: async ({ scope, query }) => {
      const { waiting, under, ended } = await listRequests(scope, query);
      return { requests: [...waiting, ...under, ...ended].map(toSummary) };
    },
  }),
  defineRoute({
    method: 'GET',
    url: '/v1/promotions/:id',
    scope: 'project:read',
    summary: 'A request: its state, its evidence, who has decided what, and whom it waits for',
    output: detail,
    handle: async ({ scope, params }) => toDetail(scope.projectName, await getRequest(scope, idOf(params.id))),
  }),
  defineRoute({
    method: 'POST',
    url: '/v1/promotions/:id/withdraw',
    scope: 'promotion:request',
    summary: 'Take a request back that is not decided yet',
    input: z.object({ reason: reason.optional() }),
    output: asked,
    handle: ({ scope, params, body }) => withdrawPromotion(scope, { id: idOf(params.id), ...body }),
  }),
  defineRoute({
    method: 'POST',
    url: '/v1/promotions/:id/answer',
    scope: 'promotion:request',
    summary: 'Answer a wish for changes',
    description: 'With `prepare` the evidence is made anew, and approvals that were given fall.',
    input: z.object({ answer: reason, prepare: z.boolean().default(false) }),
    output: asked,
    handle: ({ scope, params, body }) => answerChanges(scope, { id: idOf(params.id), ...body }),
  }),
  defineRoute({
    method: 'GET',
    url: '/v1/promotions/:id/wait',
    scope: 'project:read',
    summary: 'Wait until a request has ended, or its state has left the one given; at most a minute, then ask again',
    query: z.object({
      seconds: z.coerce.number().min(0).max(60).default(60),
      /** Answers as soon as the state is another one than this; left out: as soon as it has ended. */
      status: promotionStatusSchema.optional(),
    }),
    output: detail,
    handle: async ({ scope, params, query }) => {
      const id = idOf(params.id);
      await waitForRequest(scope, { id, seconds: query.seconds, while: query.status ?? null });
      return toDetail(scope.projectName, await getRequest(scope, id));
    },
  }),
  defineRoute({
    method: 'POST',
    url: '/v1/promotions/:id/comments',
    scope: 'promotion:request',
    summary: 'Write a comment: Markdown; a member’s name after an @ tells them',
    status: 201,
    input: z.object({ body: commentBodySchema, thread_id: z.uuid().optional() }),
    output: z.object({ id: z.string(), thread_id: z.string() }),
    handle: async ({ scope, params, body }) => {
      const made = await comment(scope, {
        id: idOf(params.id),
        body: body.body,
        ...(body.thread_id ? { threadId: body.thread_id } : {}),
      });
      return { id: made.id, thread_id: made.threadId };
    },
  }),
  defineRoute({
    method: 'POST',
    url: '/v1/promotions/:id/approve',
    scope: 'project:read',
    summary: 'Always refused: people decide, in the console',
    output: z.object({}),
    handle: async ({ scope, params }) => {
      const request = await getRequest(scope, idOf(params.id));
      const who = request.approvals.open.map((person) => person.name).join(', ');
      throw new DomainError(
        'FORBIDDEN',
        `Programs don’t decide. A person approves this in the console, at /${scope.projectName}/models/requests/${request.id}${who ? `: ${who}` : ''}.`,
      );
    },
  }),
];

function idOf(text: string | undefined): string {
  const id = z.uuid().safeParse(text);
  if (id.success) return id.data;
  throw notFound('promotion request');
}

function toSummary(one: RequestItem | RequestDetail): z.infer<typeof summary> {
  return {
    id: one.id,
    model: one.model,
    version: one.number,
    stage: one.targetStage,
    status: one.status,
    reason: one.reason,
    requested_by: one.requestedByName,
    requested_at: one.requestedAt,
    decided_at: one.decidedAt,
    ended_at: one.endedAt,
    error: one.error,
    approvals: { given: one.approvals.given, needed: one.approvals.needed },
    emergency: Boolean(one.emergency),
    expires_at: one.expiresAt,
  };
}

function toDetail(project: string, one: RequestDetail): z.infer<typeof detail> {
  const gates = one.evidence?.gates ?? [];
  return {
    ...toSummary(one),
    path: `/${project}/models/requests/${one.id}`,
    waits_for: one.approvals.open.map((person) => person.name),
    decisions: one.decisions.map(({ verdict, personName, forName, reason, at, dropped }) => ({
      verdict,
      by: personName,
      for: forName,
      reason,
      at,
      counts: dropped === null,
    })),
    evidence: one.evidence && {
      sha256: one.evidenceHash,
      gates: gates.map(({ id, title, passed, blocking, sentence }) => ({ id, title, passed, blocking, sentence })),
      gates_passed: gates.every((one) => one.passed || !one.blocking),
    },
    obstacles: one.obstacles.map(({ code, sentence }) => ({ code, sentence })),
    rollout: one.rollout,
  };
}
