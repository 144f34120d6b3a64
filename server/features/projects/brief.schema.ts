import { z } from 'zod';
import { projectBriefSchema } from '#server/domain/brief.schema.ts';

/** `number` 0 is the brief that nobody has written yet. */
export const briefOutput = z.object({
  number: z.number().int(),
  brief: projectBriefSchema,
  byName: z.string().nullable(),
  at: z.date().nullable(),
});
export type KeptBrief = z.infer<typeof briefOutput>;

export const saveBriefInput = z.object({
  brief: projectBriefSchema,
  /** The number that was edited: a later one means that somebody else saved meanwhile. */
  number: z.number().int().min(0),
  reason: z.string().trim().max(2_000).optional(),
});
export type SaveBriefInput = z.infer<typeof saveBriefInput>;
export const saveBriefOutput = z.object({ number: z.number().int() });

export const briefHistoryOutput = z.object({
  revisions: z.array(
    z.object({
      number: z.number().int(),
      byName: z.string(),
      at: z.date(),
      reason: z.string().nullable(),
      changed: z.array(z.string()),
    }),
  ),
});
export const briefRevisionInput = z.object({ number: z.number().int().min(1) });
