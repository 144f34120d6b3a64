import { z } from 'zod';

export const fitInput = z.object({ model: z.string(), number: z.number().int().min(1) });

const misfitSchema = z.object({ field: z.string(), problem: z.enum(['not-sent', 'not-taken', 'other-form']) });

/** For each deployment of the model: whether its callers could go on when this version answered. */
export const fitOutput = z.object({
  deployments: z.array(
    z.object({
      deployment: z.string(),
      /** The version whose callers are asked about; null when nothing answers yet. */
      answering: z.number().int().nullable(),
      misfits: z.array(misfitSchema),
      sentence: z.string(),
      /** Callers whose newest requests would be refused, by token. */
      wouldBreak: z.array(
        z.object({ caller: z.string(), requests: z.number().int(), lastAt: z.date(), misfits: z.array(misfitSchema) }),
      ),
      /** How many of the newest requests were looked at. */
      lookedAt: z.number().int(),
    }),
  ),
});
export type FitOutput = z.infer<typeof fitOutput>;
