import { z } from 'zod';

/**
 * A model card: sections in a fixed order, each with what Stagecraft knows (facts, tables) and what people wrote. The
 * sections follow Annex IV of Regulation (EU) 2024/1689 (technical documentation). This form is public: exports carry it.
 */
export const CARD_FORM = 'stagecraft-card-1';

export const TEXT_KEYS = [
  'description',
  'purpose',
  'data',
  'performance',
  'fairness',
  'oversight',
  'limits',
  'misuse',
  'changes',
  'monitoring',
] as const;
export const textKey = z.enum(TEXT_KEYS);
export type TextKey = z.infer<typeof textKey>;

/** What people wrote, as Markdown; an empty text isn't there. */
export const cardTexts = z.partialRecord(textKey, z.string().max(20_000));
export type CardTexts = z.infer<typeof cardTexts>;

export const cardTable = z.object({ title: z.string(), heads: z.array(z.string()), rows: z.array(z.array(z.string())) });
export type CardTable = z.infer<typeof cardTable>;

export const cardSection = z.object({
  id: z.string(),
  title: z.string(),
  /** The point of Annex IV that it answers; null where the Annex asks for nothing of the kind. */
  annex: z.string().nullable(),
  facts: z.array(z.object({ term: z.string(), value: z.string() })),
  tables: z.array(cardTable),
  texts: z.array(
    z.object({
      key: textKey,
      /** What is asked for. */
      question: z.string(),
      /** Markdown; empty while nobody wrote. */
      text: z.string(),
      required: z.boolean(),
    }),
  ),
});
export type CardSection = z.infer<typeof cardSection>;

export const completeness = z.object({
  /** Required texts that are there, of all. */
  written: z.number().int(),
  asked: z.number().int(),
  /** What is missing, in words: texts that nobody wrote, facts that nobody made. */
  missing: z.array(z.string()),
});
export type Completeness = z.infer<typeof completeness>;

export const modelCard = z.object({
  form: z.literal(CARD_FORM),
  project: z.string(),
  model: z.string(),
  version: z.number().int(),
  /** The revision of the texts; 0 while nobody wrote. */
  revision: z.number().int(),
  revisedBy: z.string().nullable(),
  revisedAt: z.string().nullable(),
  generatedAt: z.string(),
  completeness,
  sections: z.array(cardSection),
});
export type ModelCard = z.infer<typeof modelCard>;
