import type { EvaluationSummary } from '#server/domain/evaluation.schema.ts';
import type { RequestSummary, Stage, VersionSummary } from './models.schema.ts';

type VersionLike = {
  id: string;
  number: number;
  stage: Stage;
  source: string;
  note: string;
  sizeBytes: bigint;
  createdAt: Date;
  createdById: string | null;
  runId: string | null;
  datasetVersionId: string | null;
  graphKey: string;
};

export type Served = { name: string; arm: 'primary' | 'canary'; weight: number };
/** What other slices know of versions, by id. */
export type VersionFacts = {
  people: ReadonlyMap<string, string>;
  runs: ReadonlyMap<string, { id: string; name: string; experiment: string }>;
  datasets: ReadonlyMap<string, { id: string; dataset: string; number: number }>;
  evaluations: readonly { graphKey: string; datasetVersionId: string; split: string; summary: EvaluationSummary }[];
  requests: readonly { id: string; modelVersionId: string; status: RequestSummary['status']; targetStage: Stage }[];
  served: ReadonlyMap<string, Served[]>;
  aliases: readonly { modelVersionId: string; name: string; protected: boolean }[];
};

export function toVersionSummary(version: VersionLike, positive: string | null, facts: VersionFacts): VersionSummary {
  const dataset = version.datasetVersionId ? facts.datasets.get(version.datasetVersionId) : undefined;
  const request = facts.requests.find((one) => one.modelVersionId === version.id);
  return {
    id: version.id,
    number: version.number,
    stage: version.stage,
    source: version.source === 'upload' ? 'upload' : 'run',
    note: version.note,
    sizeBytes: Number(version.sizeBytes),
    createdAt: version.createdAt,
    createdBy: version.createdById ? (facts.people.get(version.createdById) ?? null) : null,
    run: version.runId ? (facts.runs.get(version.runId) ?? null) : null,
    dataset: dataset ? { id: dataset.id, name: dataset.dataset, number: dataset.number } : null,
    metrics: metricsOf(version, positive, facts),
    openRequest: request ? { id: request.id, status: request.status, targetStage: request.targetStage } : null,
    aliases: facts.aliases
      .filter((alias) => alias.modelVersionId === version.id)
      .map((alias) => ({ name: alias.name, protected: alias.protected })),
    servedBy: facts.served.get(version.id) ?? [],
  };
}

/** The figures of a version on the test part of the data that it learned from, or on whatever it was judged on last. */
function metricsOf(version: VersionLike, positive: string | null, facts: VersionFacts): VersionSummary['metrics'] {
  const own = facts.evaluations.filter((evaluation) => evaluation.graphKey === version.graphKey);
  const chosen = own.find((one) => one.datasetVersionId === version.datasetVersionId && one.split === 'test') ?? own.at(-1);
  if (!chosen) return null;
  return {
    split: chosen.split,
    rows: chosen.summary.rows,
    accuracy: chosen.summary.accuracy?.estimate ?? null,
    f1: f1Of(chosen.summary, positive)?.estimate ?? null,
  };
}

/** F1 of the positive class, or the mean over all classes where none is named. */
export function f1Of(summary: EvaluationSummary, positive: string | null) {
  return positive === null ? summary.macroF1 : (summary.perClass.find((one) => one.name === positive)?.f1 ?? null);
}

type RequestLike = Omit<RequestSummary, 'model' | 'number'> & { modelVersion: { number: number; model: { name: string } } };

export function toRequestSummary(request: RequestLike): RequestSummary {
  return {
    id: request.id,
    model: request.modelVersion.model.name,
    number: request.modelVersion.number,
    targetStage: request.targetStage,
    status: request.status,
    gatesPassed: request.gatesPassed,
    reason: request.reason,
    requestedByName: request.requestedByName,
    requestedAt: request.requestedAt,
    decidedByName: request.decidedByName,
    decidedAt: request.decidedAt,
    decisionReason: request.decisionReason,
    endedAt: request.endedAt,
    error: request.error,
  };
}
