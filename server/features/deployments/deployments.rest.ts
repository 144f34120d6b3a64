import { z } from 'zod';
import { defineRoute, pathNumber, type RestRoute } from '#server/gateway/plugin.ts';
import { type RolloutSummary, rolloutStatusSchema } from './deployments.schema.ts';
import { getDeployment } from './deployments.service.ts';
import { pauseRollout, resumeRollout, rollBackByHand } from './rollout-acts.service.ts';
import { getRollout } from './rollout-reads.service.ts';
import { type Arm, armSchema, type RolloutDetail, rollBackInput } from './rollouts.schema.ts';

const rollout = z.object({
  number: z.number().int(),
  status: rolloutStatusSchema,
  baseline_version: z.number().int(),
  candidate_version: z.number().int(),
  /** From 0. */
  step: z.number().int(),
  steps: z.number().int(),
  /** The candidate's share of requests now. */
  weight: z.number(),
  started_at: z.date(),
  ended_at: z.date().nullable(),
  end_reason: z.string().nullable(),
  request: z.string().nullable(),
});
const arm = armSchema.omit({ latency: true }).extend({ latency_ms: z.number().nullable() });
const rolloutDetail = rollout.extend({
  deployment: z.string(),
  model: z.string(),
  approved_by: z.string().nullable(),
  now: z.object({ sentence: z.string(), baseline: arm, candidate: arm }).nullable(),
  decisions: z.array(
    z.object({ at: z.date(), step: z.number().int(), action: z.string(), by: z.string(), sentence: z.string() }),
  ),
});
const acted = z.object({ number: z.number().int(), status: rolloutStatusSchema });
const place = '/v1/deployments/:deployment/rollouts/:number';

/** Deployments and their rollouts, for programs: look, pause, resume, roll back. */
export const deploymentsRest: RestRoute[] = [
  defineRoute({
    method: 'GET',
    url: '/v1/deployments/:deployment',
    scope: 'project:read',
    summary: 'A deployment: the version that answers, the rollout under way, and earlier ones',
    output: z.object({
      name: z.string(),
      model: z.string(),
      version: z.number().int().nullable(),
      since: z.date().nullable(),
      rollout: rollout.nullable(),
      rollouts: z.array(rollout),
    }),
    handle: async ({ scope, params }) => {
      const found = await getDeployment(scope, params.deployment ?? '');
      return {
        name: found.name,
        model: found.model,
        version: found.primary?.number ?? null,
        since: found.primarySince,
        rollout: found.rollout && toRollout(found.rollout),
        rollouts: found.rollouts.map(toRollout),
      };
    },
  }),
  defineRoute({
    method: 'GET',
    url: place,
    scope: 'project:read',
    summary: 'A rollout: its step, the figures of this moment, and every decision with its sentence',
    output: rolloutDetail,
    handle: async ({ scope, params }) => toDetail(await getRollout(scope, refOf(params))),
  }),
  defineRoute({
    method: 'POST',
    url: `${place}/pause`,
    scope: 'deployment:write',
    summary: 'Stop the judging; the split of requests stays',
    output: acted,
    handle: ({ scope, params }) => pauseRollout(scope, refOf(params)),
  }),
  defineRoute({
    method: 'POST',
    url: `${place}/resume`,
    scope: 'deployment:write',
    summary: 'Let the judging go on',
    output: acted,
    handle: ({ scope, params }) => resumeRollout(scope, refOf(params)),
  }),
  defineRoute({
    method: 'POST',
    url: `${place}/rollback`,
    scope: 'deployment:write',
    summary: 'Take all requests from the candidate, now',
    input: rollBackInput.pick({ reason: true }),
    output: acted,
    handle: ({ scope, params, body }) => rollBackByHand(scope, { ...refOf(params), ...body }),
  }),
];

function refOf(params: Record<string, string>): { deployment: string; number: number } {
  return { deployment: params.deployment ?? '', number: pathNumber(params.number, 'rollout') };
}

function toRollout(one: RolloutSummary): z.infer<typeof rollout> {
  return {
    number: one.number,
    status: one.status,
    baseline_version: one.baseline.number,
    candidate_version: one.candidate.number,
    step: one.stepIndex,
    steps: one.steps.length,
    weight: one.weight,
    started_at: one.startedAt,
    ended_at: one.endedAt,
    end_reason: one.endReason,
    request: one.requestId,
  };
}

function toArm({ latency, ...rest }: Arm): z.infer<typeof arm> {
  return { ...rest, latency_ms: latency?.estimate ?? null };
}

function toDetail(one: RolloutDetail): z.infer<typeof rolloutDetail> {
  return {
    ...toRollout(one),
    deployment: one.deployment,
    model: one.model,
    approved_by: one.approvedBy,
    now: one.now && {
      sentence: one.now.sentence,
      baseline: toArm(one.now.baseline),
      candidate: toArm(one.now.candidate),
    },
    decisions: one.decisions.map(({ at, stepIndex, action, actorName, sentence }) => ({
      at,
      step: stepIndex,
      action,
      by: actorName,
      sentence,
    })),
  };
}
