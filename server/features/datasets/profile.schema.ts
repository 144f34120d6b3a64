import { z } from 'zod';
import { columnKind } from './columns.schema.ts';

const counted = z.object({ value: z.string(), count: z.number() });

/** A histogram of equal bins from `low` to `high`; a clipped end bin also holds everything beyond it. */
export const histogramSchema = z.object({
  low: z.number(),
  high: z.number(),
  counts: z.array(z.number()),
  clippedLow: z.boolean(),
  clippedHigh: z.boolean(),
});
export type Histogram = z.infer<typeof histogramSchema>;

const spreadSchema = z.object({
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  std: z.number().nullable(),
  p05: z.number(),
  p25: z.number(),
  p50: z.number(),
  p75: z.number(),
  p95: z.number(),
  histogram: histogramSchema,
});
export type Spread = z.infer<typeof spreadSchema>;

const timelineSchema = z.object({
  min: z.string(),
  max: z.string(),
  unit: z.enum(['year', 'month', 'day', 'hour']),
  buckets: z.array(z.object({ start: z.string(), count: z.number() })),
});
export type Timeline = z.infer<typeof timelineSchema>;

export const columnProfileSchema = z.object({
  name: z.string(),
  kind: columnKind,
  missing: z.number(),
  distinct: z.number(),
  numbers: spreadSchema.nullable(),
  lengths: spreadSchema.nullable(),
  top: z.array(counted).nullable(),
  timeline: timelineSchema.nullable(),
});
export type ColumnProfile = z.infer<typeof columnProfileSchema>;

/** One part of a split: its rows, their labels, and its span of time where a time column exists. */
export const partProfileSchema = z.object({
  name: z.string(),
  rows: z.number(),
  labeled: z.number(),
  labels: z.array(counted),
  from: z.string().nullable(),
  to: z.string().nullable(),
});

/** What the build did, in numbers and words. */
export const madeSchema = z.object({ counts: z.record(z.string(), z.number()), notes: z.array(z.string()) });
export type Made = z.infer<typeof madeSchema>;

export const profileSchema = z.object({
  rows: z.number(),
  bytes: z.number(),
  columns: z.array(columnProfileSchema),
  parts: z.array(partProfileSchema),
  labelSources: z.array(counted),
  made: madeSchema,
});
export type Profile = z.infer<typeof profileSchema>;
