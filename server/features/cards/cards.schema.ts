import { z } from 'zod';
import { cardTexts, modelCard } from '#server/domain/card/card.schema.ts';

export const cardRef = z.object({ model: z.string().min(1).max(200), number: z.number().int().min(1) });

export const getCardInput = cardRef.extend({
  /** An earlier revision of the texts; the newest when it is left out. */
  revision: z.number().int().min(1).optional(),
});
export const getCardOutput = z.object({
  card: modelCard,
  texts: cardTexts,
  mayWrite: z.boolean(),
  revisions: z.array(z.object({ number: z.number().int(), by: z.string(), at: z.date(), note: z.string() })),
  /** Earlier versions of the model, to compare with. */
  others: z.array(z.number().int()),
});
export type CardDetail = z.infer<typeof getCardOutput>;

export const saveCardInput = cardRef.extend({
  texts: cardTexts,
  note: z.string().trim().max(500).default(''),
  /** The revision that was being changed; another one since then is a conflict. */
  base: z.number().int().min(0),
});
export const saveCardOutput = z.object({ revision: z.number().int() });

export const diffCardsInput = cardRef.extend({ against: z.number().int().min(1) });
export const diffCardsOutput = z.array(
  z.object({ section: z.string(), what: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
);

export const frozenCardInput = z.object({ requestId: z.uuid() });
export const frozenCardOutput = z.object({ card: modelCard, revision: z.number().int(), at: z.date() }).nullable();
