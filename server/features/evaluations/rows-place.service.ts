import type { ProjectScope } from '#server/auth/actor.ts';
import { type Signature, signatureSchema } from '#server/domain/signature.ts';
import { DomainError } from '#server/errors.ts';
import type { VersionDetail } from '#server/features/datasets/versions.schema.ts';
import { describeVersions, getReadyVersion } from '#server/features/datasets/versions.service.ts';
import { answersObject, evaluateArtifact, findEvaluations } from '#server/features/experiments/evaluation.service.ts';
import { requireVersion } from '#server/features/models/registry.service.ts';
import { db } from '#server/platform/db/client.ts';
import { objectPath } from '#server/platform/storage/objects.ts';
import type { RowFiles } from './rows.repo.ts';
import type { RowsPlace } from './rows.schema.ts';

export type PlaceSide = { versionId: string; number: number; graphKey: string; signature: Signature };
export type Part = { datasetVersionId: string; dataset: string; number: number; split: string };
/** Two versions (or one) on one part of a dataset version, with what they said of each of its rows. */
export type Place = {
  on: Part;
  parts: Part[];
  data: VersionDetail & { dataKey: string };
  candidate: PlaceSide;
  incumbent: PlaceSide | null;
  files: RowFiles;
};

/**
 * Finds what both versions said of the same rows; what was never computed is computed now, once.
 * @throws DomainError NOT_FOUND, INVALID where there are no labelled rows to look at, or a model gives no classes
 */
export async function openPlace(scope: ProjectScope, place: RowsPlace): Promise<Place> {
  const candidate = await sideOf(scope, place.model, place.candidate);
  const incumbent = place.incumbent === undefined ? null : await sideOf(scope, place.model, place.incumbent);
  const { parts, chosen } = await chooseParts(scope, place, candidate, incumbent);
  const data = await getReadyVersion(scope, chosen.datasetVersionId);
  const answers = async (side: PlaceSide) => {
    const { id } = await evaluateArtifact(scope, {
      artifactKey: side.graphKey,
      signature: side.signature,
      datasetVersionId: chosen.datasetVersionId,
      split: chosen.split,
      modelVersionId: side.versionId,
    });
    return objectPath(await answersObject(scope, id));
  };
  const files: RowFiles = {
    candidate: await answers(candidate),
    incumbent: incumbent ? await answers(incumbent) : null,
    data: await objectPath(data.dataKey),
    columns: data.columns,
  };
  const on = { datasetVersionId: data.id, dataset: data.dataset, number: data.number, split: chosen.split };
  return { on, parts, data, candidate, incumbent, files };
}

async function sideOf(scope: ProjectScope, model: string, number: number): Promise<PlaceSide & { learnedFrom: string | null }> {
  const version = await requireVersion(db, scope, model, number);
  return {
    versionId: version.id,
    number: version.number,
    graphKey: version.graphKey,
    signature: signatureSchema.parse(version.signature),
    learnedFrom: version.datasetVersionId,
  };
}

type Chosen = { datasetVersionId: string; split: string };

async function chooseParts(
  scope: ProjectScope,
  place: RowsPlace,
  candidate: PlaceSide & { learnedFrom: string | null },
  incumbent: PlaceSide | null,
): Promise<{ parts: Part[]; chosen: Chosen }> {
  const known = await findEvaluations(scope, [candidate.graphKey, ...(incumbent ? [incumbent.graphKey] : [])]);
  const keyOf = (one: Chosen) => `${one.datasetVersionId} ${one.split}`;
  const of = (side: PlaceSide | null) => new Set(known.filter((one) => one.graphKey === side?.graphKey).map(keyOf));
  const [mine, theirs] = [of(candidate), of(incumbent)];
  const candidates: Chosen[] = [...known].reverse().map(({ datasetVersionId, split }) => ({ datasetVersionId, split }));
  if (candidate.learnedFrom !== null) candidates.push({ datasetVersionId: candidate.learnedFrom, split: 'test' });
  const unique = [...new Map(candidates.map((one) => [keyOf(one), one])).values()];
  // What the suite judges on by itself comes first; then what both were judged on already, the newest first.
  const home = (one: Chosen) => one.datasetVersionId === candidate.learnedFrom && one.split === 'test';
  const rank = (one: Chosen) =>
    (home(one) ? 0 : 1) +
    (one.split === 'train' ? 8 : 0) +
    (home(one) || mine.has(keyOf(one)) ? 0 : 2) +
    (home(one) || !incumbent || theirs.has(keyOf(one)) ? 0 : 2);
  const ordered = unique.sort((a, b) => rank(a) - rank(b));
  const chosen = place.on ?? ordered[0];
  if (!chosen) {
    throw new DomainError(
      'INVALID',
      `v${candidate.number} was never evaluated, and what it learned from isn’t known. Evaluate it on a dataset version first.`,
    );
  }
  const names = new Map(
    (await describeVersions(scope, [...new Set(unique.map((one) => one.datasetVersionId))])).map((one) => [one.id, one]),
  );
  const parts = ordered.flatMap((one): Part[] => {
    const version = names.get(one.datasetVersionId);
    return version ? [{ ...one, dataset: version.dataset, number: version.number }] : [];
  });
  return { parts, chosen };
}
