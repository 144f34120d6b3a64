/** A promotion request as the database puts it together: only what had happened by the moment that is asked about. */
export type GroundRow = {
  requestId: string;
  status: string;
  askedBy: string;
  askedAt: string;
  reason: string;
  emergency: string | null;
  decidedBy: string | null;
  decidedAt: string | null;
  decisionReason: string | null;
  words: { verdict: string; by: string; instead: string | null; reason: string; at: string }[] | null;
  evidenceHash: string | null;
  preparedAt: string | null;
  on: { dataset?: string; number?: number; split?: string; rows?: number } | null;
  gates: number | null;
  passed: number | null;
};

export type StandingRow = {
  model: string;
  versionId: string;
  version: number;
  stage: string;
  since: Date;
  until: Date | null;
  by: string;
  reason: string;
  ground: GroundRow | null;
};

export type AnswerRow = {
  id: string;
  requestId: string;
  index: number;
  at: Date;
  label: string | null;
  confidence: number | null;
  errorCode: string | null;
  arm: string;
  deployment: string;
  rollout: number | null;
  versionId: string;
  model: string;
  number: number;
  source: string;
  graphKey: string | null;
  registeredAt: Date;
  registeredBy: string | null;
  stage: string | null;
  since: Date | null;
  movedBy: string | null;
  stageReason: string | null;
  run: { id: string; name: string; experiment: string; startedBy: string | null; endedAt: string | null } | null;
  data:
    | { id: string; dataset: string; number: number; rows: number | null; contentHash: string | null; createdAt: string }[]
    | null;
  ground: GroundRow | null;
};
