import { z } from 'zod';

/** What a figure beside a version is: of its run, a tag, or of its last suite run. */
export type FigureKind = 'metric' | 'param' | 'tag' | 'fact';

export const searchVersionsInput = z.object({
  /** A condition of the search language; empty: all versions. */
  query: z.string().max(4000).default(''),
  limit: z.number().int().min(1).max(200).default(50),
  cursor: z.string().max(100).optional(),
});

export const versionHitSchema = z.object({
  versionId: z.string(),
  model: z.string(),
  number: z.number().int(),
  stage: z.string(),
  aliases: z.array(z.string()),
  createdAt: z.date(),
  createdBy: z.string().nullable(),
  note: z.string(),
  source: z.string(),
  sizeBytes: z.number(),
  /** What the condition asked about, as it is for this version. */
  figures: z.array(z.object({ key: z.string(), value: z.number().nullable(), text: z.string().nullable() })),
});
export type VersionHit = z.infer<typeof versionHitSchema>;

export const searchVersionsOutput = z.object({
  /** What is wrong with the condition, at which characters; then there are no rows. */
  errors: z.array(z.object({ from: z.number().int(), to: z.number().int(), message: z.string() })),
  rows: z.array(versionHitSchema),
  total: z.number().int(),
  next: z.string().nullable(),
});
export type SearchedVersions = z.infer<typeof searchVersionsOutput>;

/** Keys that can be searched by, for completion: those of every version, then what some version has. */
export const searchKeysOutput = z.array(
  z.object({
    text: z.string(),
    note: z.string().optional(),
    kind: z.enum(['number', 'text', 'time']),
    values: z.array(z.string()).optional(),
  }),
);
