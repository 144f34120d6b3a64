import { z } from 'zod';
import type { FoundPrediction, LineageRows, PredictionDetailRow } from '#server/features/predictions/prediction-rows.schema.ts';
import type { LineageStation, PredictionDetail, PredictionRow } from '#server/features/predictions/predictions.schema.ts';

const PREVIEW_CHARS = 160;
/** From this length on one field says enough. */
const LONG_TEXT = 40;

/** A prediction as a line of the list. */
export function toPredictionRow(row: FoundPrediction): PredictionRow {
  return { ...common(row), preview: preview(row.input) };
}

/** A prediction with everything that is known of it. */
export function toPredictionDetail(
  row: PredictionDetailRow,
  o: { siblings: PredictionDetail['siblings']; lineage: LineageStation[] },
): PredictionDetail {
  return {
    ...common(row),
    input: row.input,
    output: row.output,
    routingKey: row.routingKey,
    queueMs: row.queueMs,
    batchSize: row.batchSize,
    provider: row.provider,
    token: row.token,
    outcomeAt: row.outcomeAt,
    outcomeEventTime: row.outcomeEventTime,
    outcomeSource: row.outcomeSource,
    ...o,
  };
}

function common(row: FoundPrediction) {
  return {
    id: row.id,
    requestId: row.requestId,
    index: row.index,
    at: row.at,
    eventTime: row.eventTime,
    deployment: row.deployment,
    model: row.model,
    version: row.version,
    arm: row.arm,
    label: row.label,
    confidence: row.confidence,
    outcome: row.outcome,
    correct: row.outcome === null || row.errorCode !== null ? null : row.outcome === row.label,
    errorCode: row.errorCode,
    latencyMs: row.latencyMs,
  };
}

/** A long text of the input on one line and cut short, or else all fields by name. */
function preview(input: Record<string, unknown>): string {
  const texts = Object.values(input).filter((value): value is string => typeof value === 'string');
  const longest = texts.sort((a, b) => b.length - a.length)[0] ?? '';
  const line =
    longest.length >= LONG_TEXT || (Object.keys(input).length === texts.length && texts.length === 1) ? longest : fieldsOf(input);
  const flat = line.replace(/\s+/g, ' ').trim();
  return flat.length > PREVIEW_CHARS ? `${flat.slice(0, PREVIEW_CHARS)}…` : flat;
}

function fieldsOf(input: Record<string, unknown>): string {
  const parts = Object.entries(input).map(
    ([name, value]) => `${name} ${typeof value === 'object' ? (JSON.stringify(value) ?? '') : String(value)}`,
  );
  return parts.join(', ').replaceAll(' null', ' –');
}

const lineageLinks = z.array(z.object({ type: z.string(), id: z.string(), name: z.string(), detail: z.string().optional() }));

/** The way from a served request back to its data and its approval, the nearest first. */
export function toLineage(deployment: { id: string; name: string }, rows: LineageRows): LineageStation[] {
  const stations: LineageStation[] = [
    { type: 'deployment', id: deployment.id, name: deployment.name, detail: null, path: `deployments/${deployment.name}` },
  ];
  const { version, rollout, requests, run, data } = rows;
  if (rollout) {
    const name = `rollout ${rollout.number}`;
    stations.push({
      type: 'rollout',
      id: rollout.id,
      name,
      detail: rollout.status.replace('_', ' '),
      path: `deployments/${deployment.name}`,
    });
  }
  if (!version) return stations;
  const model = version.model.name;
  stations.push({
    type: 'model_version',
    id: version.id,
    name: `${model}, version ${version.number}`,
    detail: version.stage,
    path: `models/${model}/${version.number}`,
  });
  for (const request of requests) {
    stations.push({
      type: 'promotion_request',
      id: request.id,
      name: `promotion to ${request.targetStage}`,
      detail: request.decidedByName ? `approved by ${request.decidedByName}` : `asked for by ${request.requestedByName}`,
      path: `models/requests/${request.id}`,
    });
  }
  if (run) {
    stations.push({
      type: 'run',
      id: run.id,
      name: `run ${run.name}`,
      detail: run.experiment.name,
      path: `experiments/${run.experiment.name}/runs/${run.name}`,
    });
  }
  for (const step of data) {
    const { name } = step.dataset;
    const rowsText = step.rowCount === null ? null : `${step.rowCount.toLocaleString('en')} rows`;
    const path = `datasets/${name}/${step.number}`;
    stations.push({ type: 'dataset_version', id: step.id, name: `${name}, version ${step.number}`, detail: rowsText, path });
    stations.push(...sourcesOf(step.lineage));
  }
  return stations;
}

/** Where a dataset version's rows or labels came from, beside its parent. */
function sourcesOf(lineage: unknown): LineageStation[] {
  const links = lineageLinks.safeParse(lineage);
  if (!links.success) return [];
  return links.data.flatMap(({ type, id, name, detail }): LineageStation[] => {
    if (type === 'labeling_project') return [{ type, id, name, detail: detail ?? 'labels', path: `labeling/${name}` }];
    if (type === 'deployment') return [{ type, id, name, detail: detail ?? 'production', path: `deployments/${name}` }];
    if (type === 'upload') return [{ type, id, name, detail: detail ?? 'upload', path: null }];
    return [];
  });
}
