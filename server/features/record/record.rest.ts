import { z } from 'zod';
import { DomainError } from '#server/errors.ts';
import type { RestRoute } from '#server/gateway/plugin.ts';
import type { Ground, Standing, WhoAnswered } from './record.schema.ts';
import { whatWas, whoAnswered } from './record.service.ts';

const atQuery = z.object({
  at: z.iso.datetime({ offset: true }).optional(),
  model: z.string().min(1).max(200).optional(),
  stage: z.string().min(1).max(100).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});
const indexQuery = z.object({ index: z.coerce.number().int().min(0).default(0) });

/** Forms of the answers, as the document of the API shows them. */
const ground = z.object({
  id: z.string(),
  status: z.string(),
  asked_by: z.string(),
  asked_at: z.date(),
  reason: z.string(),
  emergency: z.unknown(),
  decisions: z.array(
    z.object({ verdict: z.string(), by: z.string(), for: z.string().nullable(), reason: z.string(), at: z.date() }),
  ),
  evidence: z.record(z.string(), z.unknown()).nullable(),
});
const standing = z.object({
  model: z.string(),
  model_version: z.number().int(),
  stage: z.string(),
  since: z.date(),
  until: z.date().nullable(),
  by: z.string(),
  reason: z.string(),
  request: ground.nullable(),
});
const whoAnsweredOutput = z.object({
  prediction: z.record(z.string(), z.unknown()),
  model: z.string(),
  model_version: z.number().int(),
  graph_sha256: z.string(),
  /** Null while it had not left its first stage. */
  stage: z.string().nullable(),
  run: z.record(z.string(), z.unknown()).nullable(),
  data: z.array(z.record(z.string(), z.unknown())),
  request: ground.nullable(),
});

/** `GET /v1/record` and `GET /v1/record/predictions/{request_id}`: what was, for programs. */
export const recordRest: RestRoute[] = [
  {
    method: 'GET',
    url: '/v1/record',
    scope: 'audit:read',
    summary: 'What was in which stage at a moment, since when, on whose word, on what evidence',
    query: atQuery,
    output: z.object({ at: z.date(), standings: z.array(standing), more: z.boolean() }),
    handle: async ({ scope, query }) => {
      const { at, ...rest } = parse(atQuery, query);
      const found = await whatWas(scope, { ...rest, ...(at ? { at: new Date(at) } : {}) }, new Date());
      return { at: found.at, standings: found.standings.map(toRest), more: found.more };
    },
  },
  {
    method: 'GET',
    url: '/v1/record/predictions/:request_id',
    scope: 'audit:read',
    summary: 'Which version answered a request, trained by which run on which data, approved by whom',
    query: indexQuery,
    output: whoAnsweredOutput,
    handle: async ({ scope, params, query }) =>
      answerToRest(await whoAnswered(scope, { id: params.request_id ?? '', index: parse(indexQuery, query).index })),
  },
];

function parse<T>(schema: z.ZodType<T>, query: unknown): T {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new DomainError('INVALID', `Parameter ${issue?.path.join('.') || '?'} can't be read: ${issue?.message ?? ''}.`);
}

function toRest(one: Standing) {
  return {
    model: one.model,
    model_version: one.version,
    stage: one.stage,
    since: one.since,
    until: one.until,
    by: one.by,
    reason: one.reason,
    request: one.ground && groundToRest(one.ground),
  };
}

function groundToRest(ground: Ground) {
  return {
    id: ground.requestId,
    status: ground.status,
    asked_by: ground.askedBy,
    asked_at: ground.askedAt,
    reason: ground.reason,
    emergency: ground.emergency,
    decisions: ground.words.map(({ verdict, by, instead, reason, at }) => ({ verdict, by, for: instead, reason, at })),
    evidence: ground.evidence && {
      sha256: ground.evidence.hash,
      prepared_at: ground.evidence.preparedAt,
      dataset: ground.evidence.dataset,
      dataset_version: ground.evidence.number,
      split: ground.evidence.split,
      rows: ground.evidence.rows,
      gates: ground.evidence.gates,
      gates_passed: ground.evidence.passed,
    },
  };
}

function answerToRest({ prediction, version, run, data, ground }: WhoAnswered) {
  return {
    prediction: {
      id: prediction.id,
      request_id: prediction.requestId,
      index: prediction.index,
      at: prediction.at,
      label: prediction.label,
      confidence: prediction.confidence,
      error_code: prediction.errorCode,
      deployment: prediction.deployment,
      arm: prediction.arm,
      rollout: prediction.rollout,
    },
    model: version.model,
    model_version: version.number,
    graph_sha256: version.graphKey,
    source: version.source,
    registered_at: version.registeredAt,
    registered_by: version.registeredBy,
    stage: version.stage,
    stage_since: version.since,
    stage_by: version.movedBy,
    stage_reason: version.stageReason,
    run: run && { id: run.id, name: run.name, experiment: run.experiment, started_by: run.startedBy, ended_at: run.endedAt },
    data: data.map(({ dataset, number, rows, contentHash }) => ({ dataset, version: number, rows, content_hash: contentHash })),
    request: ground && groundToRest(ground),
  };
}
