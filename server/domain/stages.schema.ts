import { z } from 'zod';

/**
 * What a stage means to the system: where a version begins, where gates let it in, where it answers callers, where it
 * ends. A project has one start, one end, and at least one stage that serves.
 */
export const stageRoleSchema = z.enum(['start', 'gate', 'serving', 'end']);
export type StageRole = z.infer<typeof stageRoleSchema>;

/** The name of a stage: it stands in addresses, gates and the record, and never changes. */
export const stageNameSchema = z
  .string()
  .trim()
  .min(1, 'A stage needs a name.')
  .max(40, 'A name has at most 40 characters.')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use lower-case letters, digits and single hyphens, such as pre-production.');

export const stageSchema = z.object({
  name: z.string(),
  title: z.string(),
  /** 0 is the first. */
  place: z.number().int(),
  role: stageRoleSchema,
  description: z.string(),
});
export type Stage = z.infer<typeof stageSchema>;
