import { z } from 'zod';

export const commentBodySchema = z.string().trim().min(1, 'Write something first.').max(10_000);
/** What a thread is about: a gate, a section of the evidence, or (null) the request as a whole. */
export const aboutSchema = z
  .string()
  .regex(/^(gate|section):[\w\- ."]{1,120}$/)
  .nullable();

export const commentSchema = z.object({
  id: z.string(),
  authorKind: z.enum(['user', 'token', 'system']),
  authorName: z.string(),
  mine: z.boolean(),
  /** Markdown. */
  body: z.string(),
  at: z.date(),
});
export type CommentView = z.infer<typeof commentSchema>;

export const threadSchema = z.object({
  id: z.string(),
  about: z.string().nullable(),
  createdAt: z.date(),
  resolvedAt: z.date().nullable(),
  resolvedByName: z.string().nullable(),
  comments: z.array(commentSchema),
});
export type ThreadView = z.infer<typeof threadSchema>;

export const listThreadsInput = z.object({ id: z.uuid() });
export const listThreadsOutput = z.object({
  threads: z.array(threadSchema),
  /** Who can be mentioned. */
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  mayComment: z.boolean(),
});
export const commentInput = z.object({
  /** The request. */
  id: z.uuid(),
  /** The thread that it continues; left out, it opens one about `about`. */
  threadId: z.uuid().optional(),
  about: aboutSchema.optional(),
  body: commentBodySchema,
});
export const commentOutput = z.object({ threadId: z.string(), id: z.string() });
export const resolveThreadInput = z.object({ threadId: z.uuid(), resolved: z.boolean() });
