import type { ProjectScope } from '#server/auth/actor.ts';
import { signatureSchema } from '#server/domain/signature.ts';
import { DomainError } from '#server/errors.ts';
import { getReadyVersion } from '#server/features/datasets/versions.service.ts';
import { type LoadedGold, loadGold } from '#server/features/evaluations/gold-rows.service.ts';
import type { SuiteSide } from '#server/features/evaluations/section-context.schema.ts';
import { ensureSuite } from '#server/features/evaluations/suite-row.service.ts';
import { requireVersion } from '#server/features/models/registry.service.ts';
import { scoreColumns } from '#server/inference/client.ts';
import { db } from '#server/platform/db/client.ts';
import { objectPath } from '#server/platform/storage/objects.ts';
import type { FairnessContext } from './fairness.service.ts';

const JUDGED_ON = 'test';

/**
 * The rows that a version is judged on, also outside of suite runs: the first gold part of the model's suite; else the part
 * `test` of the dataset version that it learned from, or all its rows when it has no such part.
 * @throws INVALID when there is neither
 */
export async function goldOfVersion(
  scope: ProjectScope,
  version: { number: number; modelId: string; datasetVersionId: string | null; signature: unknown },
): Promise<LoadedGold> {
  const { settings } = await ensureSuite(db, scope, version.modelId);
  const signature = signatureSchema.parse(version.signature);
  const wanted = {
    target: settings.target,
    task: settings.task ?? (signature.classes ? ('classification' as const) : ('regression' as const)),
    inputs: signature.fields.map((field) => field.name),
  };
  if (settings.gold[0]) return loadGold(scope, settings.gold[0], wanted);
  if (!version.datasetVersionId) {
    throw new DomainError(
      'INVALID',
      `v${version.number} doesn’t say what data it learned from, so there are no rows to judge it on. Name its dataset version, or put gold rows into the model’s evaluation suite.`,
    );
  }
  const data = await getReadyVersion(scope, version.datasetVersionId);
  const split = data.split?.parts.some((part) => part.name === JUDGED_ON && part.rows > 0) ? JUDGED_ON : null;
  return loadGold(scope, { datasetVersionId: data.id, split }, wanted);
}

/** What figures of fairness need, from a version and its rows, by running its graph now. */
export async function contextOfVersion(scope: ProjectScope, name: string, number: number): Promise<FairnessContext> {
  const version = await requireVersion(db, scope, name, number);
  const signature = signatureSchema.parse(version.signature);
  const gold = await goldOfVersion(scope, version);
  const modelPath = await objectPath(version.graphKey);
  const candidate: SuiteSide = {
    versionId: version.id,
    number,
    graphKey: version.graphKey,
    modelPath,
    signature,
    sizeBytes: Number(version.sizeBytes),
  };
  const score: FairnessContext['score'] = async (side, columns, n) => {
    const { labels, probabilities, values } = await scoreColumns({
      modelPath: side.modelPath,
      signature,
      columns,
      n,
      batchSize: 32,
    });
    return { labels, scores: probabilities, ...(values ? { values } : {}) };
  };
  const inputs = Object.fromEntries(signature.fields.map((field) => [field.name, gold.rows.columns[field.name] ?? []]));
  return {
    model: { id: version.modelId, name, positive: version.model.positive },
    task: signature.classes ? 'classification' : 'regression',
    candidate,
    gold: gold.rows,
    answers: { candidate: await score(candidate, inputs, gold.rows.n), incumbent: null },
    score,
    seed: 1,
    progress: () => undefined,
    target: gold.target,
  };
}
