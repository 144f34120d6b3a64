import { z } from 'zod';
import { columnSchema } from './columns.schema.ts';
import { profileSchema } from './profile.schema.ts';
import { lineageLinkSchema, recipeSchema, splitSchema } from './recipe.schema.ts';

export const versionStatus = z.enum(['building', 'ready', 'failed']);

/** How far a build is, and with what it is busy. */
export const progressSchema = z.object({ share: z.number().min(0).max(1), doing: z.string() });
export type Progress = z.infer<typeof progressSchema>;

/** The parts that a split came out as. */
export const splitResultSchema = z.object({
  rule: splitSchema,
  parts: z.array(z.object({ name: z.string(), rows: z.number() })),
});
export type SplitResult = z.infer<typeof splitResultSchema>;

export const versionSummarySchema = z.object({
  id: z.string(),
  number: z.number(),
  status: versionStatus,
  note: z.string(),
  difference: z.string(),
  rowCount: z.number().nullable(),
  quarantinedCount: z.number().nullable(),
  bytes: z.number().nullable(),
  progress: progressSchema.nullable(),
  error: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.date(),
  readyAt: z.date().nullable(),
});
export type VersionSummary = z.infer<typeof versionSummarySchema>;

/** Everything about one version but its rows. */
export const versionDetailSchema = versionSummarySchema.extend({
  datasetId: z.string(),
  dataset: z.string(),
  recipe: recipeSchema,
  lineage: z.array(lineageLinkSchema),
  parent: z.object({ id: z.string(), number: z.number(), dataset: z.string() }).nullable(),
  columns: z.array(columnSchema),
  profile: profileSchema.nullable(),
  split: splitResultSchema.nullable(),
  contentHash: z.string().nullable(),
  dataKey: z.string().nullable(),
  hasSource: z.boolean(),
});
export type VersionDetail = z.infer<typeof versionDetailSchema>;

export const usageSchema = z.object({ runs: z.number(), models: z.number(), labelingProjects: z.number() });
export type Usage = z.infer<typeof usageSchema>;

export const versionByNameInput = z.object({ dataset: z.string(), number: z.number().int().min(1) });
export const versionIdInput = z.object({ versionId: z.uuid() });
export const requestedVersionOutput = z.object({ id: z.string(), number: z.number() });

export const importLabelsInput = z.object({
  versionId: z.uuid(),
  uploadId: z.uuid(),
  keyColumn: z.string().min(1),
  mode: z.enum(['fill', 'overwrite']),
  note: z.string().max(500).default(''),
});
export const newSplitInput = z.object({ versionId: z.uuid(), split: splitSchema, note: z.string().max(500).default('') });

/** A version as its row holds it, with the names around it; the view parses its JSON. */
export type VersionRecord = {
  id: string;
  projectId: string;
  datasetId: string;
  number: number;
  status: z.infer<typeof versionStatus>;
  note: string;
  recipe: unknown;
  lineage: unknown;
  columns: unknown;
  profile: unknown;
  split: unknown;
  progress: unknown;
  rowCount: number | null;
  quarantinedCount: number | null;
  contentHash: string | null;
  dataKey: string | null;
  sourceKey: string | null;
  quarantineKey: string | null;
  error: string | null;
  createdById: string | null;
  createdAt: Date;
  readyAt: Date | null;
  dataset: { name: string; archivedAt: Date | null };
  data: { size: bigint } | null;
  parent: { id: string; number: number; dataset: { name: string } } | null;
};
