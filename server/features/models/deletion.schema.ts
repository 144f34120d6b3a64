import { z } from 'zod';
import { reasonSchema, versionRefInput } from './models.schema.ts';

/** What hangs on a version: what goes with it, and what stays in the record. */
export const deletionPreviewOutput = z.object({
  may: z.discriminatedUnion('ok', [z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), why: z.string() })]),
  goes: z.object({
    /** Of the graph, when nothing else holds it. */
    bytes: z.number(),
    graphAlsoHeldBy: z.array(z.string()),
    evaluations: z.number().int(),
  }),
  stays: z.object({
    requests: z.number().int(),
    stageChanges: z.number().int(),
    /** Counted up to 10,000. */
    predictions: z.number().int(),
    rollouts: z.number().int(),
    run: z.string().nullable(),
  }),
});
export type DeletionPreview = z.infer<typeof deletionPreviewOutput>;

export const deleteVersionInput = versionRefInput.extend({ reason: reasonSchema });
export const deleteVersionOutput = z.object({ freedBytes: z.number() });
