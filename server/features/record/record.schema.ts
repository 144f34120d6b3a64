import { z } from 'zod';

export const whatWasInput = z.object({
  /** The moment; now when it is left out. */
  at: z.date().optional(),
  /** Only this model, by name. */
  model: z.string().min(1).max(200).optional(),
  /** Only this stage, by name. Without it: all stages but the first and the last of a version's way; with a model, all. */
  stage: z.string().min(1).max(100).optional(),
  limit: z.number().int().min(1).max(1_000).default(200),
});
export type WhatWasInput = z.infer<typeof whatWasInput>;

/** One word of one person on a request. */
export const wordSchema = z.object({
  verdict: z.string(),
  by: z.string(),
  /** For whom, when the person stood in for somebody who was away. */
  instead: z.string().nullable(),
  reason: z.string(),
  at: z.date(),
});

/** What a change of stage rested on: a request with its evidence and the words of those who decided. */
export const groundSchema = z.object({
  requestId: z.string(),
  status: z.string(),
  askedBy: z.string(),
  askedAt: z.date(),
  reason: z.string(),
  emergency: z.string().nullable(),
  words: z.array(wordSchema),
  evidence: z
    .object({
      hash: z.string().nullable(),
      preparedAt: z.date().nullable(),
      /** `mail v3, test, 1,090 rows` */
      dataset: z.string().nullable(),
      number: z.number().int().nullable(),
      split: z.string().nullable(),
      rows: z.number().int().nullable(),
      gates: z.number().int(),
      passed: z.number().int(),
    })
    .nullable(),
});
export type Ground = z.infer<typeof groundSchema>;

/** One version in a stage at a moment: since when, on whose word, why. */
export const standingSchema = z.object({
  model: z.string(),
  versionId: z.string(),
  version: z.number().int(),
  stage: z.string(),
  since: z.date(),
  /** When it left; null while it is there still. */
  until: z.date().nullable(),
  /** Who moved it, and why; Stagecraft itself at the end of a rollout. */
  by: z.string(),
  reason: z.string(),
  /** Null where it was moved by hand, or was just registered. */
  ground: groundSchema.nullable(),
});
export type Standing = z.infer<typeof standingSchema>;

export const whatWasOutput = z.object({ at: z.date(), standings: z.array(standingSchema), more: z.boolean() });
export type WhatWas = z.infer<typeof whatWasOutput>;

export const recordTimelineInput = z.object({ model: z.string().min(1).max(200).optional() });
/** Changes of stage, oldest first, for the line of time; at most 1,000, the newest. */
export const recordTimelineOutput = z.object({
  changes: z.array(
    z.object({ at: z.date(), model: z.string(), version: z.number().int(), from: z.string(), to: z.string(), by: z.string() }),
  ),
});
export type RecordTimeline = z.infer<typeof recordTimelineOutput>;

export const whoAnsweredInput = z.object({
  /** The request's id as the gateway gave it, or a prediction's own id. */
  id: z.string().trim().min(1).max(128),
  index: z.number().int().min(0).default(0),
});

/** Which version gave an answer, where it came from, and who let it. */
export const whoAnsweredOutput = z.object({
  prediction: z.object({
    id: z.string(),
    requestId: z.string(),
    index: z.number().int(),
    at: z.date(),
    label: z.string().nullable(),
    confidence: z.number().nullable(),
    errorCode: z.string().nullable(),
    deployment: z.string(),
    arm: z.string(),
    rollout: z.number().int().nullable(),
  }),
  version: z.object({
    id: z.string(),
    model: z.string(),
    number: z.number().int(),
    source: z.string(),
    graphKey: z.string(),
    registeredAt: z.date(),
    registeredBy: z.string().nullable(),
    /** In which stage it was when it answered, since when, moved by whom. */
    stage: z.string().nullable(),
    since: z.date().nullable(),
    movedBy: z.string().nullable(),
    stageReason: z.string().nullable(),
  }),
  run: z
    .object({
      id: z.string(),
      name: z.string(),
      experiment: z.string(),
      startedBy: z.string().nullable(),
      endedAt: z.date().nullable(),
    })
    .nullable(),
  /** What it learned from, then what that was derived from. */
  data: z.array(
    z.object({
      id: z.string(),
      dataset: z.string(),
      number: z.number().int(),
      rows: z.number().nullable(),
      contentHash: z.string().nullable(),
      createdAt: z.date(),
    }),
  ),
  ground: groundSchema.nullable(),
});
export type WhoAnswered = z.infer<typeof whoAnsweredOutput>;
