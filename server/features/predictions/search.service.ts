import type { ProjectScope } from '#server/auth/actor.ts';
import { notFound } from '#server/errors.ts';
import { findLineage } from '#server/features/predictions/lineage.repo.ts';
import type { PredictionDetailRow } from '#server/features/predictions/prediction-rows.schema.ts';
import type { PredictionDetail, SearchPredictionsInput } from '#server/features/predictions/predictions.schema.ts';
import { toLineage, toPredictionDetail, toPredictionRow } from '#server/features/predictions/predictions.view.ts';
import {
  findAnsweringVersions,
  findLabels,
  findPrediction,
  findPredictions,
  findRequest,
} from '#server/features/predictions/search.repo.ts';
import { db } from '#server/platform/db/client.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Predictions that match, the newest arrival first. */
export async function searchPredictions(scope: ProjectScope, input: SearchPredictionsInput) {
  const rows = await findPredictions(db, scope, input);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    predictions: page.map(toPredictionRow),
    nextCursor: rows.length > input.limit && last ? { at: last.at, id: last.id } : null,
  };
}

/** What there is to filter by. */
export async function listPredictionFacets(scope: ProjectScope) {
  const [versions, labels] = await Promise.all([findAnsweringVersions(db, scope), findLabels(db, scope)]);
  const deployments = [...Map.groupBy(versions, (row) => row.deployment)].map(([name, rows]) => ({
    name,
    model: rows[0]?.model ?? '',
    versions: rows.map((row) => row.version),
  }));
  return { deployments, labels: labels.map((row) => row.label) };
}

/** One prediction with the way back to its data and its approval. @throws DomainError NOT_FOUND */
export async function getPrediction(scope: ProjectScope, id: string): Promise<PredictionDetail> {
  const row = UUID.test(id) ? await findPrediction(db, scope, id) : undefined;
  if (!row) throw notFound('prediction');
  return detailOf(scope, row, await findRequest(db, scope, row.requestId));
}

/** All instances of a request, in order. @throws DomainError NOT_FOUND, also while the request is still on its way from the gateway's log */
export async function getRequest(scope: ProjectScope, requestId: string): Promise<PredictionDetail[]> {
  const rows = await findRequest(db, scope, requestId);
  if (rows.length === 0) throw notFound(`request ${requestId}`);
  const [first] = rows as [PredictionDetailRow];
  const lineage = await lineageOf(scope, first);
  return rows.map((row) => toPredictionDetail(row, { siblings: siblingsOf(row, rows), lineage }));
}

async function detailOf(scope: ProjectScope, row: PredictionDetailRow, all: PredictionDetailRow[]): Promise<PredictionDetail> {
  return toPredictionDetail(row, { siblings: siblingsOf(row, all), lineage: await lineageOf(scope, row) });
}

async function lineageOf(scope: ProjectScope, row: PredictionDetailRow) {
  return toLineage({ id: row.deploymentId, name: row.deployment }, await findLineage(db, scope, row));
}

function siblingsOf(row: PredictionDetailRow, all: PredictionDetailRow[]) {
  return all.filter((other) => other.id !== row.id).map(({ id, index, label }) => ({ id, index, label }));
}
