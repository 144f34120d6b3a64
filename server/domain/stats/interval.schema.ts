import { z } from 'zod';

/** An estimate with its confidence interval, and the method by its name. `n` is what it rests on. */
export const intervalSchema = z.object({
  estimate: z.number(),
  lower: z.number(),
  upper: z.number(),
  confidence: z.number(),
  method: z.string(),
  n: z.number().int(),
});
export type Interval = z.infer<typeof intervalSchema>;
