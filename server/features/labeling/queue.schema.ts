import { z } from 'zod';
import { counts, labelingName } from './labeling.schema.ts';

export const MAX_PREFETCH = 12;

export const cellValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type CellValue = z.infer<typeof cellValue>;

/** One thing to be labeled, with the columns as they were when the project was made. */
export const queueItem = z.object({
  id: z.string(),
  position: z.number().int(),
  key: z.string(),
  data: z.record(z.string(), cellValue),
  leasedUntil: z.date(),
});
export type QueueItem = z.infer<typeof queueItem>;

export const nextInput = labelingName.extend({
  /** How many items to hold at once: the one in hand and those after it. */
  take: z.number().int().min(1).max(MAX_PREFETCH).default(4),
  /** Items that the browser has answered but not sent yet. */
  exclude: z.array(z.uuid()).max(500).default([]),
});
export type NextInput = z.infer<typeof nextInput>;
export const nextOutput = z.object({ items: z.array(queueItem), progress: counts });
export type NextOutput = z.infer<typeof nextOutput>;

export const renewInput = labelingName.extend({ itemIds: z.array(z.uuid()).min(1).max(MAX_PREFETCH) });
export const renewOutput = z.object({ held: z.array(z.object({ id: z.string(), leasedUntil: z.date() })) });

export const leaveInput = labelingName;
export const leaveOutput = z.object({ released: z.number().int() });

const attempt = labelingName.extend({
  /** Chosen by the client (a UUID), so that sending twice counts once. */
  annotationId: z.uuid(),
  itemId: z.uuid(),
  /** Milliseconds that the item was in hand; anything above ten minutes counts as ten. */
  durationMs: z
    .number()
    .min(0)
    .transform((ms) => Math.min(Math.round(ms), 600_000)),
});
export const answerInput = attempt.extend({ label: z.string().min(1).max(60) });
export type AnswerInput = z.infer<typeof answerInput>;
export const skipInput = attempt.extend({ reason: z.string().trim().min(1, 'Say why it is skipped.').max(300) });
export type SkipInput = z.infer<typeof skipInput>;

export const annotation = z.object({
  id: z.string(),
  itemId: z.string(),
  label: z.string().nullable(),
  skipReason: z.string().nullable(),
  createdAt: z.date(),
  undone: z.boolean(),
});
export type AnnotationView = z.infer<typeof annotation>;

export const answerOutput = z.object({ annotation, progress: counts });
export type AnswerOutput = z.infer<typeof answerOutput>;

export const undoInput = labelingName.extend({ annotationId: z.uuid() });
export const undoOutput = z.object({ annotation, item: queueItem, progress: counts });

export const historyInput = labelingName.extend({
  limit: z.number().int().min(1).max(200).default(50),
  /** Answers before this one. */
  before: z.uuid().optional(),
});
export const historyEntry = annotation.extend({ item: queueItem.omit({ leasedUntil: true }) });
export type HistoryEntry = z.infer<typeof historyEntry>;
export const historyOutput = z.object({ entries: z.array(historyEntry), more: z.boolean() });

export const ownProgressInput = labelingName.extend({
  /** Where the caller's day begins. */
  since: z.date(),
});
export const ownProgressOutput = z.object({
  /** Who asks: the browser keeps unsent answers by person. */
  person: z.string(),
  progress: counts,
  mine: z.object({
    done: z.number().int(),
    skipped: z.number().int(),
    sinceDone: z.number().int(),
    sinceMedianMs: z.number().nullable(),
  }),
});

export const teamOutput = z.object({
  byLabel: z.array(z.object({ label: z.string(), count: z.number().int() })),
  people: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      done: z.number().int(),
      skipped: z.number().int(),
      undone: z.number().int(),
      medianMs: z.number().nullable(),
      lastAnswerAt: z.date().nullable(),
      /** Items that this person has in hand or waiting now. */
      holding: z.number().int(),
    }),
  ),
});
export type Team = z.infer<typeof teamOutput>;

export const itemState = z.enum(['open', 'leased', 'done', 'skipped']);
export const itemsInput = labelingName.extend({
  state: itemState.optional(),
  label: z.string().max(60).optional(),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(200).default(50),
});
export type ItemsInput = z.infer<typeof itemsInput>;
export const itemRow = z.object({
  id: z.string(),
  position: z.number().int(),
  key: z.string(),
  data: z.record(z.string(), cellValue),
  state: itemState,
  label: z.string().nullable(),
  skipReason: z.string().nullable(),
  by: z.string().nullable(),
  at: z.date().nullable(),
  durationMs: z.number().int().nullable(),
});
export type ItemRow = z.infer<typeof itemRow>;
export const itemsOutput = z.object({ total: z.number().int(), rows: z.array(itemRow) });

export const reopenItemInput = labelingName.extend({ itemId: z.uuid() });
export const reopenItemOutput = z.object({ itemId: z.string() });
