import { z } from 'zod';
import { evaluationSummarySchema } from '#server/domain/evaluation.schema.ts';
import { signatureSchema } from '#server/domain/signature.ts';
import {
  type EvaluationView,
  type RunDetail,
  type RunRecord,
  type RunSummary,
  type RunSurroundings,
  runProgressSchema,
} from './runs.schema.ts';

const environmentSchema = z.record(z.string(), z.string());
const featuresSchema = z.array(z.object({ name: z.string(), kind: z.string() }));

/** What lists and comparisons show of a run. */
export function toRunSummary(run: RunRecord, around: RunSurroundings): RunSummary {
  const dataset = run.datasetVersionId ? around.datasets.get(run.datasetVersionId) : undefined;
  return {
    id: run.id,
    name: run.name,
    experiment: run.experiment.name,
    status: run.status,
    launch: run.launch ? { ...run.launch, trial: run.trial } : null,
    dataset: dataset && run.datasetVersionId ? { versionId: run.datasetVersionId, ...dataset } : null,
    params: Object.fromEntries(run.params.map(({ key, value }) => [key, value])),
    metrics: around.metrics.get(run.id) ?? {},
    progress: run.progress === null ? null : runProgressSchema.parse(run.progress),
    cancelRequested: run.cancelRequested,
    error: run.error,
    seed: run.seed,
    createdBy: run.createdById ? (around.people.get(run.createdById) ?? null) : null,
    createdAt: run.createdAt,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
  };
}

type Parts = {
  artifacts: { path: string; objectKey: string; size: bigint; createdAt: Date }[];
  evaluations: EvaluationLike[];
  registered: { number: number; stage: string; model: { name: string } }[];
};
type EvaluationLike = { id: string; datasetVersionId: string; split: string; createdAt: Date; summary: unknown };

/** Everything about one run but its curves. */
export function toRunDetail(run: RunRecord, around: RunSurroundings, parts: Parts): RunDetail {
  const { notes, ...environment } = z.looseObject({ notes: z.array(z.string()).default([]) }).parse(run.environment);
  return {
    ...toRunSummary(run, around),
    environment: environmentSchema.parse(environment),
    features: featuresSchema.parse(run.features),
    signature: run.signature === null ? null : signatureSchema.parse(run.signature),
    notes,
    artifacts: parts.artifacts.map(({ path, objectKey, size, createdAt }) => ({
      path,
      key: objectKey,
      size: Number(size),
      createdAt,
    })),
    evaluations: parts.evaluations.map(toEvaluationView),
    registered: parts.registered.map(({ number, stage, model }) => ({ model: model.name, number, stage })),
  };
}

export function toEvaluationView({ id, datasetVersionId, split, createdAt, summary }: EvaluationLike): EvaluationView {
  return { id, datasetVersionId, split, createdAt, summary: evaluationSummarySchema.parse(summary) };
}
