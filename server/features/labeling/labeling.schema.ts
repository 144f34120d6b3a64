import { z } from 'zod';

/** Keys that the labeling screen itself uses, so no label may have them. */
export const RESERVED_KEYS = ['s', 'g', '?'] as const;
export const LABEL_COLORS = 6;
export const MAX_SAMPLE = 50_000;

export const slug = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9]+(?:[-_.][a-z0-9]+)*$/, 'Use lower-case letters, digits and single hyphens, for example "september-mail".');

export const labelDefinition = z.object({
  /** What is stored: exactly the value that the dataset's label column gets. */
  name: z.string().trim().min(1).max(60),
  /** 0 is neutral grey, 1 to 5 the theme's label colours. */
  color: z
    .number()
    .int()
    .min(0)
    .max(LABEL_COLORS - 1),
  hotkey: z
    .string()
    .regex(/^[1-9a-z]$/, 'A key is one digit from 1 to 9 or one lower-case letter.')
    .refine(
      (key) => !RESERVED_KEYS.some((reserved) => reserved === key),
      'S and G belong to the labeling screen (skip, guideline).',
    ),
  description: z.string().trim().max(500).default(''),
});
export type LabelDefinition = z.infer<typeof labelDefinition>;

export const labelSet = z
  .array(labelDefinition)
  .min(2, 'A question needs at least two labels.')
  .max(30)
  .superRefine((labels, context) => {
    for (const field of ['name', 'hotkey'] as const) {
      const seen = new Set<string>();
      labels.forEach((label, index) => {
        if (seen.has(label[field])) {
          context.addIssue({ code: 'custom', path: [index, field], message: `"${label[field]}" is used twice.` });
        }
        seen.add(label[field]);
      });
    }
  });

export const columnKind = z.enum(['text', 'number', 'category', 'label', 'time', 'key', 'ignore']);
export const displayColumn = z.object({ name: z.string(), kind: columnKind });
export type DisplayColumn = z.infer<typeof displayColumn>;

export const sampleInput = z.object({
  split: z.string().min(1).max(60).optional(),
  n: z.number().int().min(1).max(MAX_SAMPLE),
  seed: z.number().int().min(0).max(2_147_483_647).default(1),
  onlyUnlabeled: z.boolean().default(true),
});

/** How the rows were chosen: drawn by seed, or named one by one. */
export const sample = z.discriminatedUnion('kind', [
  sampleInput.extend({ kind: z.literal('random'), available: z.number().int().optional() }),
  z.object({ kind: z.literal('keys'), keys: z.array(z.string()), found: z.number().int().optional() }),
]);
export type Sample = z.infer<typeof sample>;

export const labelingStatus = z.enum(['preparing', 'active', 'closed', 'failed']);
export type LabelingStatus = z.infer<typeof labelingStatus>;

export const labelingName = z.object({ labeling: z.string().min(1).max(60) });

/** The address of the form that makes one. */
const newName = slug.refine((name) => name !== 'new', 'This name is taken by a page. Choose another.');

const definition = z.object({
  name: newName,
  question: z.string().trim().min(1, 'Say what the annotator is asked, for example "Is it spam?"').max(200),
  labels: labelSet,
  guideline: z.string().max(20_000).default(''),
  datasetVersionId: z.uuid(),
  /** Left out: the version's column of kind "key", or the row's number where it has none. */
  keyColumn: z.string().min(1).max(200).optional(),
  /** Columns to show, in this order. The label column is never shown. */
  columns: z.array(z.string().min(1).max(200)).min(1, 'Choose at least one column to show.').max(30),
  leaseSeconds: z.number().int().min(20).max(3600).default(300),
});

export const createLabelingInput = definition.extend({ sample: sampleInput });
export type CreateLabelingInput = z.infer<typeof createLabelingInput>;

export const createFromKeysInput = definition.extend({ rowKeys: z.array(z.string()).min(1).max(MAX_SAMPLE) });
export type CreateFromKeysInput = z.infer<typeof createFromKeysInput>;

export const updateLabelingInput = labelingName.extend({
  version: z.number().int(),
  question: z.string().trim().min(1).max(200).optional(),
  guideline: z.string().max(20_000).optional(),
});
export type UpdateLabelingInput = z.infer<typeof updateLabelingInput>;

export const setStateInput = labelingName.extend({ version: z.number().int(), state: z.enum(['active', 'closed']) });
export type SetStateInput = z.infer<typeof setStateInput>;

export const counts = z.object({
  total: z.number().int(),
  done: z.number().int(),
  skipped: z.number().int(),
  open: z.number().int(),
});
export type Counts = z.infer<typeof counts>;

export const labelingSummary = z.object({
  id: z.string(),
  name: z.string(),
  question: z.string(),
  status: labelingStatus,
  error: z.string().nullable(),
  createdAt: z.date(),
  closedAt: z.date().nullable(),
  counts,
  /** Answers that the caller gave and that stand. */
  mine: z.number().int(),
  /** How the team does; null for annotators, who see their own pace only. */
  team: z
    .object({
      people: z.array(z.string()),
      answeredLastHour: z.number().int(),
      medianMs: z.number().nullable(),
      lastAnswerAt: z.date().nullable(),
    })
    .nullable(),
});
export type LabelingSummary = z.infer<typeof labelingSummary>;

export const listLabelingOutput = z.array(labelingSummary);

export const labelingDetail = labelingSummary.extend({
  labels: z.array(labelDefinition),
  guideline: z.string(),
  columns: z.array(displayColumn),
  keyColumn: z.string(),
  sample,
  leaseSeconds: z.number().int(),
  version: z.number().int(),
  source: z.object({ datasetId: z.string(), dataset: z.string(), versionId: z.string(), number: z.number().int() }),
});
export type LabelingDetail = z.infer<typeof labelingDetail>;

export const makeVersionInput = labelingName.extend({
  /** The version that gets the labels; left out: the newest that is ready. */
  parentId: z.uuid().optional(),
  /** "fill" leaves labels that are already there; "overwrite" replaces them. */
  mode: z.enum(['fill', 'overwrite']).default('fill'),
  note: z.string().max(500).default(''),
});
export type MakeVersionInput = z.infer<typeof makeVersionInput>;
export const makeVersionOutput = z.object({
  id: z.string(),
  number: z.number().int(),
  dataset: z.string(),
  labels: z.number().int(),
});
