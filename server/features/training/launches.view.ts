import { z } from 'zod';
import { featureSchema, type LaunchRecord, type LaunchView, spaceSchema } from './training.schema.ts';

/** A launch with the states of its trials counted. */
export function toLaunchView(launch: LaunchRecord, dataset: { name: string; number: number } | null): LaunchView {
  const { datasetVersionId: _, runs, features, space, ...own } = launch;
  const trials = { total: runs.length, queued: 0, running: 0, finished: 0, failed: 0, canceled: 0 };
  for (const run of runs) trials[run.status] += 1;
  return {
    id: own.id,
    name: own.name,
    dataset,
    features: z.array(featureSchema).parse(features),
    labelColumn: own.labelColumn,
    space: spaceSchema.parse(space),
    seed: own.seed,
    trials,
    cancelRequested: own.cancelRequested,
    createdAt: own.createdAt,
    endedAt: own.endedAt,
  };
}
