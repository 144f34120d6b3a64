import { z } from 'zod';
import { urlNameSchema } from '#server/domain/names.ts';
import { signatureSchema } from '#server/domain/signature.ts';

/** The name of one of the project's stages. */
export const stageSchema = z.string().min(1).max(40);
export type Stage = z.infer<typeof stageSchema>;

export const promotionStatusSchema = z.enum([
  'preparing',
  'pending',
  'changes',
  'approved',
  'refused',
  'withdrawn',
  'expired',
  'completed',
  'failed',
]);
export type PromotionStatus = z.infer<typeof promotionStatusSchema>;

export const reasonSchema = z.string().trim().min(3, 'Give a reason; it is kept for ever.').max(2000);
export const positiveSchema = z.string().trim().min(1).max(200);

/** What a list shows of a version. */
export const versionSummarySchema = z.object({
  id: z.string(),
  number: z.number().int(),
  stage: stageSchema,
  source: z.enum(['run', 'upload']),
  note: z.string(),
  sizeBytes: z.number(),
  createdAt: z.date(),
  createdBy: z.string().nullable(),
  run: z.object({ id: z.string(), name: z.string(), experiment: z.string() }).nullable(),
  dataset: z.object({ id: z.string(), name: z.string(), number: z.number().int() }).nullable(),
  metrics: z
    .object({ split: z.string(), rows: z.number(), accuracy: z.number().nullable(), f1: z.number().nullable() })
    .nullable(),
  openRequest: z.object({ id: z.string(), status: promotionStatusSchema, targetStage: stageSchema }).nullable(),
  /** Names beside the stage that point at it. */
  aliases: z.array(z.object({ name: z.string(), protected: z.boolean() })),
  servedBy: z.array(z.object({ name: z.string(), arm: z.enum(['primary', 'canary']), weight: z.number() })),
});
export type VersionSummary = z.infer<typeof versionSummarySchema>;

export const modelSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  positive: z.string().nullable(),
  createdAt: z.date(),
  versionCount: z.number().int(),
  latest: z.object({ number: z.number().int(), stage: stageSchema, createdAt: z.date() }).nullable(),
  production: z.object({ number: z.number().int(), since: z.date().nullable() }).nullable(),
  openRequests: z.number().int(),
  deployments: z.array(z.string()),
});
export type ModelSummary = z.infer<typeof modelSummarySchema>;

export const listModelsOutput = z.array(modelSummarySchema);
export const getModelInput = z.object({ model: z.string() });
export const getModelOutput = modelSummarySchema.extend({
  version: z.number().int(),
  versions: z.array(versionSummarySchema),
});
export type ModelDetail = z.infer<typeof getModelOutput>;

/** These stand in the address where a model's name would. */
const RESERVED = ['inbox', 'new', 'requests'];

const newVersion = z.object({
  /** The model's name; a model of that name is made when there is none. */
  model: urlNameSchema.refine((name) => !RESERVED.includes(name), 'This name is kept for a page of its own. Choose another.'),
  description: z.string().trim().max(500).optional(),
  /** The class whose F1 the gates look at; left out: the model keeps its own, or the macro average is taken. */
  positive: positiveSchema.optional(),
  note: z.string().trim().max(2000).default(''),
});
export const registerRunInput = newVersion.extend({ runId: z.uuid() });
export const inspectUploadInput = z.object({ uploadId: z.uuid() });
export const inspectUploadOutput = z.object({
  filename: z.string(),
  sizeBytes: z.number(),
  signature: signatureSchema,
  providers: z.array(z.string()),
});
export const registerUploadInput = newVersion.extend({
  uploadId: z.uuid(),
  /** Names of the classes in the order of the probabilities, where the graph doesn't hold them. */
  classes: z.array(positiveSchema).min(2).max(1000).optional(),
  /** What each input is; left out, texts and numbers are taken as the graph declares them. */
  fields: z.array(z.object({ name: z.string(), kind: z.enum(['text', 'number', 'category']) })).optional(),
  /** The dataset version that it learned from, if it lies here. */
  datasetVersionId: z.uuid().optional(),
});
export const registeredOutput = z.object({ model: z.string(), versionId: z.string(), number: z.number().int() });

export const updateModelInput = z.object({
  model: z.string(),
  expectedVersion: z.number().int(),
  description: z.string().trim().max(500),
  positive: positiveSchema.nullable(),
});
export const setStageInput = z.object({
  model: z.string(),
  number: z.number().int().min(1),
  /** The stage where versions begin, or the one where they end: up goes by request. */
  stage: stageSchema,
  reason: reasonSchema,
});

export const versionRefInput = z.object({ model: z.string(), number: z.number().int().min(1) });

export const stageChangeSchema = z.object({
  id: z.string(),
  from: stageSchema,
  to: stageSchema,
  reason: z.string(),
  actorName: z.string(),
  at: z.date(),
  requestId: z.string().nullable(),
});

export const lineageNodeSchema = z.object({
  kind: z.enum(['upload', 'deployment', 'labeling', 'dataset', 'run', 'version', 'request', 'stage']),
  id: z.string(),
  name: z.string(),
  detail: z.string(),
  /** Path below the project, or null when there is no page for it. */
  path: z.string().nullable(),
});
export type LineageNode = z.infer<typeof lineageNodeSchema>;

export const requestSummarySchema = z.object({
  id: z.string(),
  model: z.string(),
  number: z.number().int(),
  targetStage: stageSchema,
  status: promotionStatusSchema,
  gatesPassed: z.boolean().nullable(),
  reason: z.string(),
  requestedByName: z.string(),
  requestedAt: z.date(),
  decidedByName: z.string().nullable(),
  decidedAt: z.date().nullable(),
  decisionReason: z.string().nullable(),
  endedAt: z.date().nullable(),
  error: z.string().nullable(),
});
export type RequestSummary = z.infer<typeof requestSummarySchema>;

export const tryInputInput = versionRefInput.extend({
  instance: z.record(z.string(), z.union([z.string().max(1_000_000), z.number(), z.null()])),
});
export const tryInputOutput = z.object({
  label: z.string(),
  confidence: z.number(),
  probabilities: z.array(z.object({ label: z.string(), probability: z.number() })),
  milliseconds: z.number(),
});
