import { z } from 'zod';
import { defineRoute, pathNumber, type RestRoute } from '#server/gateway/plugin.ts';
import type { ModelSummary, VersionSummary } from './models.schema.ts';
import { getModel, listModels } from './models.service.ts';
import type { VersionDetail } from './version-detail.schema.ts';
import { getVersionDetail } from './version-detail.service.ts';

const interval = z.number().nullable();
const model = z.object({
  name: z.string(),
  description: z.string(),
  positive_class: z.string().nullable(),
  versions: z.number().int(),
  latest: z.object({ version: z.number().int(), stage: z.string() }).nullable(),
  serving: z.object({ version: z.number().int(), since: z.date().nullable() }).nullable(),
  open_requests: z.number().int(),
  deployments: z.array(z.string()),
});
const version = z.object({
  version: z.number().int(),
  stage: z.string(),
  source: z.enum(['run', 'upload']),
  note: z.string(),
  size_bytes: z.number(),
  created_at: z.date(),
  created_by: z.string().nullable(),
  run: z.object({ id: z.string(), name: z.string(), experiment: z.string() }).nullable(),
  dataset: z.object({ name: z.string(), version: z.number().int() }).nullable(),
  metrics: z.object({ split: z.string(), rows: z.number(), accuracy: interval, f1: interval }).nullable(),
  open_request: z.object({ id: z.string(), status: z.string(), stage: z.string() }).nullable(),
  served_by: z.array(z.object({ deployment: z.string(), arm: z.enum(['primary', 'canary']), weight: z.number() })),
});
const versionDetail = version.extend({
  model: z.string(),
  graph_sha256: z.string(),
  deleted: z.object({ at: z.date(), by: z.string(), reason: z.string() }).nullable(),
  fields: z.array(z.object({ name: z.string(), kind: z.enum(['text', 'number', 'category']) })),
  classes: z.array(z.string()).nullable(),
  stage_changes: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      at: z.date(),
      by: z.string(),
      reason: z.string(),
      request: z.string().nullable(),
    }),
  ),
});

/** Models and their versions, for programs: `/v1/models…`. */
export const modelsRest: RestRoute[] = [
  defineRoute({
    method: 'GET',
    url: '/v1/models',
    scope: 'project:read',
    summary: 'List the models of the project',
    output: z.object({ models: z.array(model) }),
    handle: async ({ scope }) => ({ models: (await listModels(scope)).map(toModel) }),
  }),
  defineRoute({
    method: 'GET',
    url: '/v1/models/:model',
    scope: 'project:read',
    summary: 'A model with its versions, the newest first',
    output: model.extend({ all_versions: z.array(version) }),
    handle: async ({ scope, params }) => {
      const found = await getModel(scope, params.model ?? '');
      return { ...toModel(found), all_versions: found.versions.map(toVersion) };
    },
  }),
  defineRoute({
    method: 'GET',
    url: '/v1/models/:model/versions/:number',
    scope: 'project:read',
    summary: 'A version: what it was made from, what it takes, and every stage it was in',
    output: versionDetail,
    handle: async ({ scope, params }) =>
      toVersionDetail(await getVersionDetail(scope, { model: params.model ?? '', number: pathNumber(params.number, 'version') })),
  }),
];

function toModel(one: ModelSummary): z.infer<typeof model> {
  return {
    name: one.name,
    description: one.description,
    positive_class: one.positive,
    versions: one.versionCount,
    latest: one.latest && { version: one.latest.number, stage: one.latest.stage },
    serving: one.production && { version: one.production.number, since: one.production.since },
    open_requests: one.openRequests,
    deployments: one.deployments,
  };
}

function toVersion(one: VersionSummary): z.infer<typeof version> {
  return {
    version: one.number,
    stage: one.stage,
    source: one.source,
    note: one.note,
    size_bytes: one.sizeBytes,
    created_at: one.createdAt,
    created_by: one.createdBy,
    run: one.run,
    dataset: one.dataset && { name: one.dataset.name, version: one.dataset.number },
    metrics: one.metrics,
    open_request: one.openRequest && {
      id: one.openRequest.id,
      status: one.openRequest.status,
      stage: one.openRequest.targetStage,
    },
    served_by: one.servedBy.map(({ name, arm, weight }) => ({ deployment: name, arm, weight })),
  };
}

function toVersionDetail(one: VersionDetail): z.infer<typeof versionDetail> {
  return {
    ...toVersion(one),
    model: one.model,
    graph_sha256: one.graphKey,
    deleted: one.deleted && { at: one.deleted.at, by: one.deleted.byName, reason: one.deleted.reason },
    fields: one.signature.fields,
    classes: one.signature.classes,
    stage_changes: one.stageChanges.map(({ from, to, at, actorName, reason, requestId }) => ({
      from,
      to,
      at,
      by: actorName,
      reason,
      request: requestId,
    })),
  };
}
