import { z } from 'zod';

/** What a build could not take, with its reason; the raw bytes are kept. */
export const quarantinedSchema = z.object({
  index: z.number(),
  place: z.string(),
  reason: z.string(),
  detail: z.string(),
  bytes: z.number(),
  preview: z.string(),
});
export type Quarantined = z.infer<typeof quarantinedSchema>;

export const listQuarantineInput = z.object({
  versionId: z.uuid(),
  reason: z.string().max(200).optional(),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(200).default(50),
});
export const listQuarantineOutput = z.object({
  total: z.number(),
  reasons: z.array(z.object({ reason: z.string(), count: z.number() })),
  items: z.array(quarantinedSchema),
});
export type QuarantineList = z.infer<typeof listQuarantineOutput>;

export const openQuarantinedInput = z.object({ versionId: z.uuid(), index: z.number().int().min(0) });
export const openQuarantinedOutput = quarantinedSchema.extend({ raw: z.string(), cut: z.boolean(), binary: z.boolean() });
