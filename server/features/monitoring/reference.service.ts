import type { ProjectScope } from '#server/auth/actor.ts';
import { answerSubjects, type Cell, inputSubjects, referenceOf } from '#server/domain/drift/subjects.ts';
import type { Signature } from '#server/domain/signature.ts';
import { signatureSchema } from '#server/domain/signature.ts';
import { readColumns } from '#server/features/datasets/rows.service.ts';
import { getReadyVersion } from '#server/features/datasets/versions.service.ts';
import { requireVersionById } from '#server/features/models/registry.service.ts';
import { scoreColumns } from '#server/inference/client.ts';
import { db } from '#server/platform/db/client.ts';
import { objectPath } from '#server/platform/storage/objects.ts';
import type { MonitorReference } from './monitors.schema.ts';

const TRAIN = 'train';
const TEST = 'test';

/**
 * What a serving version is compared with: how its training rows are distributed, which labels they have, and how sure and how
 * right its graph is on the test rows of the same dataset version. Null, with the reason, when the version came without data.
 */
export async function buildReference(
  scope: ProjectScope,
  modelVersionId: string,
): Promise<{ reference: MonitorReference } | { problem: string }> {
  const version = await requireVersionById(db, scope, modelVersionId);
  const name = `${version.model.name} v${version.number}`;
  if (!version.datasetVersionId) {
    return { problem: `${name} names no dataset version that it learned from, so there is nothing to compare production with.` };
  }
  const data = await getReadyVersion(scope, version.datasetVersionId);
  const signature = signatureSchema.parse(version.signature);
  const labelColumn = data.columns.find((column) => column.kind === 'label')?.name;
  const names = signature.fields.map((field) => field.name);
  const train = await readColumns(scope, data.id, { columns: labelColumn ? [...names, labelColumn] : names, split: TRAIN });
  if (train.n === 0) return { problem: `${data.dataset} v${data.number} has no rows in its part "${TRAIN}" to compare with.` };
  const tested = labelColumn
    ? await scoreTestRows(scope, { versionId: data.id, graphKey: version.graphKey, signature, labelColumn })
    : null;
  const trainLabels = labelColumn ? toLabels(train.columns[labelColumn]).filter((label) => label !== null) : [];
  const answers = answerSubjects(trainLabels.length > 0 ? trainLabels : (tested?.labels ?? []), tested?.confidences ?? []);
  const subjects = [...inputSubjects(signature.fields, train.columns), ...answers].filter((subject) => subject.values.length > 0);
  return {
    reference: {
      modelVersionId,
      modelVersion: version.number,
      datasetVersionId: data.id,
      datasetName: data.dataset,
      datasetVersion: data.number,
      rows: train.n,
      classes: signature.classes ?? [],
      testRows: tested?.labels.length ?? null,
      accuracy: tested?.accuracy ?? null,
      subjects: referenceOf(subjects),
    },
  };
}

async function scoreTestRows(
  scope: ProjectScope,
  o: { versionId: string; graphKey: string; signature: Signature; labelColumn: string },
) {
  const names = o.signature.fields.map((field) => field.name);
  const test = await readColumns(scope, o.versionId, { columns: [...names, o.labelColumn], split: TEST, requireLabel: true });
  if (test.n === 0) return null;
  const scores = await scoreColumns({
    modelPath: await objectPath(o.graphKey),
    signature: o.signature,
    columns: test.columns,
    n: test.n,
  });
  const width = scores.probabilities.length / test.n;
  const confidences = scores.labels.map((_, row) => highest(scores.probabilities, row * width, width));
  const truth = toLabels(test.columns[o.labelColumn]);
  const correct = scores.labels.filter((label, row) => label === truth[row]).length;
  return { labels: scores.labels, confidences, accuracy: correct / test.n };
}

function highest(probabilities: Float32Array, start: number, width: number): number | null {
  return width > 0 ? Math.max(...probabilities.subarray(start, start + width)) : null;
}

function toLabels(cells: readonly Cell[] | undefined): (string | null)[] {
  return (cells ?? []).map((cell) => (cell === null ? null : String(cell)));
}
