// Rows as the repository reads them and the views take them.

/** A prediction with the names of what it belongs to, and its outcome. */
export type FoundPrediction = {
  id: string;
  requestId: string;
  index: number;
  at: Date;
  eventTime: Date;
  deployment: string;
  model: string;
  version: number;
  arm: string;
  label: string | null;
  confidence: number | null;
  outcome: string | null;
  errorCode: string | null;
  latencyMs: number;
  input: Record<string, unknown>;
};

export type PredictionDetailRow = FoundPrediction & {
  deploymentId: string;
  modelVersionId: string;
  rolloutId: string | null;
  output: Record<string, unknown> | null;
  routingKey: string | null;
  queueMs: number;
  batchSize: number;
  provider: string | null;
  token: string | null;
  outcomeAt: Date | null;
  outcomeEventTime: Date | null;
  outcomeSource: string | null;
};

/** What lies on the way from a prediction back to its data; each may be missing (an uploaded model has no run). */
export type LineageRows = {
  version: { id: string; number: number; stage: string; model: { name: string } } | null;
  rollout: { id: string; number: number; status: string } | null;
  requests: { id: string; targetStage: string; requestedByName: string; decidedByName: string | null }[];
  run: { id: string; name: string; experiment: { name: string } } | null;
  /** The dataset version that the model learned from, then those that it was derived from. */
  data: { id: string; number: number; rowCount: number | null; lineage: unknown; dataset: { name: string } }[];
};
