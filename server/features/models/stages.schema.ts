import { z } from 'zod';
import { stageNameSchema, stageRoleSchema, stageSchema } from '#server/domain/stages.schema.ts';

const may = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), why: z.string() })]);

export const listStagesOutput = z.object({
  /** Given back when the list is saved, so that two people's edits are noticed. */
  revision: z.string(),
  stages: z.array(
    stageSchema.extend({
      versions: z.number().int(),
      requests: z.number().int(),
      /** Why it can't be removed, nor its role be changed, while somebody stands in it. */
      remove: may,
    }),
  ),
  may: z.object({ write: may }),
});
export type StagesView = z.infer<typeof listStagesOutput>;

/** The whole list in its order; a stage that is left out is removed. */
export const saveStagesInput = z.object({
  revision: z.string(),
  stages: z
    .array(
      z.object({
        name: stageNameSchema,
        title: z.string().trim().min(1, 'Give the stage a title.').max(60, 'A title has at most 60 characters.'),
        role: stageRoleSchema,
        description: z.string().trim().max(300).default(''),
      }),
    )
    .min(3)
    .max(12),
});
export const saveStagesOutput = z.object({ revision: z.string() });
