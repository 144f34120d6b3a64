import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { comparePaired } from '#server/domain/compare.ts';
import type { PairedComparison } from '#server/domain/evaluation.schema.ts';
import { type Signature, signatureSchema } from '#server/domain/signature.ts';
import { DomainError } from '#server/errors.ts';
import { readColumns } from '#server/features/datasets/rows.service.ts';
import { getReadyVersion } from '#server/features/datasets/versions.service.ts';
import { getDeploymentById } from '#server/features/deployments/deployments.service.ts';
import { requireVersion } from '#server/features/models/registry.service.ts';
import { readWindow } from '#server/features/predictions/windows.service.ts';
import { scoreColumns } from '#server/inference/client.ts';
import { db } from '#server/platform/db/client.ts';
import { objectPath } from '#server/platform/storage/objects.ts';
import type { compareVersionsInput, compareVersionsOutput } from './monitors.schema.ts';
import { requireMonitor } from './monitors.service.ts';

const MOST_ROWS = 20_000;

/**
 * Two versions of the served model on the same requests of production, paired row by row, whichever of them answered at the
 * time. Requests that either was trained on (by their key in its training part) are left out and counted.
 * @throws NOT_FOUND, INVALID when no request with an outcome remains, TOO_LARGE above 20,000
 */
export async function compareVersions(
  scope: ProjectScope,
  input: z.infer<typeof compareVersionsInput>,
): Promise<z.infer<typeof compareVersionsOutput>> {
  const monitor = await requireMonitor(scope, input.monitor);
  const deployment = await getDeploymentById(scope, monitor.deploymentId);
  const [a, b] = await Promise.all(input.versions.map((number) => requireVersion(db, scope, deployment.model.name, number)));
  if (!a || !b) throw new DomainError('INVALID', 'Name two versions of the model.');
  const rows = (await readWindow(scope, { deploymentId: monitor.deploymentId, from: input.from, to: input.to })).filter(
    (row) => row.outcome !== null,
  );
  if (rows.length > MOST_ROWS) {
    throw new DomainError(
      'TOO_LARGE',
      `${rows.length} requests have an outcome here; at most ${MOST_ROWS} are compared at once. Choose a shorter time.`,
    );
  }
  const seen = new Set((await Promise.all([a, b].map((version) => trainingKeys(scope, version.datasetVersionId)))).flat());
  const fresh = rows.filter((row) => !seen.has(row.requestId));
  if (fresh.length === 0) {
    throw new DomainError(
      'INVALID',
      'No request with an outcome remains that neither version was trained on. Choose another time.',
    );
  }
  const truth = fresh.map((row) => String(row.outcome));
  const [baseline, candidate] = [
    await answersOf(fresh, a.graphKey, signatureSchema.parse(a.signature)),
    await answersOf(fresh, b.graphKey, signatureSchema.parse(b.signature)),
  ];
  const compared = comparePaired({ truth, baseline, candidate });
  return {
    a: a.number,
    b: b.number,
    rows: fresh.length,
    leftOut: rows.length - fresh.length,
    figures: toFigures(compared),
    sentence: inWords(compared, a.number, b.number),
  };
}

async function trainingKeys(scope: ProjectScope, datasetVersionId: string | null): Promise<string[]> {
  if (!datasetVersionId) return [];
  const data = await getReadyVersion(scope, datasetVersionId);
  const key = data.columns.find((column) => column.kind === 'key')?.name;
  if (!key) return [];
  const { columns } = await readColumns(scope, datasetVersionId, { columns: [key], split: 'train' });
  return (columns[key] ?? []).map(String);
}

async function answersOf(
  rows: readonly { input: Record<string, unknown> }[],
  graphKey: string,
  signature: Signature,
): Promise<string[]> {
  const columns = Object.fromEntries(signature.fields.map(({ name }) => [name, rows.map((row) => toCell(row.input[name]))]));
  const scores = await scoreColumns({ modelPath: await objectPath(graphKey), signature, columns, n: rows.length });
  return scores.labels;
}

function toCell(value: unknown): string | number | null {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return value === null || value === undefined ? null : String(value);
}

function toFigures(compared: PairedComparison) {
  const named = [
    { metric: 'accuracy', ...compared.accuracy },
    ...compared.perClass.map((one) => ({ metric: `f1.${one.name}`, ...one })),
  ];
  return named.map(({ metric, baseline, candidate, difference }) => ({
    metric,
    a: baseline,
    b: candidate,
    difference: difference?.estimate ?? null,
    lower: difference?.lower ?? null,
    upper: difference?.upper ?? null,
  }));
}

function inWords(compared: PairedComparison, a: number, b: number): string {
  const difference = compared.accuracy.difference;
  const on = `on the same ${compared.rows} requests`;
  if (!difference) return `v${a} and v${b} can't be compared ${on}.`;
  const points = (value: number) => (value * 100).toFixed(1);
  const interval = `95 % interval ${points(difference.lower)} to ${points(difference.upper)}`;
  if (difference.lower > 0)
    return `v${b} is right ${points(difference.estimate)} times of 100 more often than v${a} (${interval}), ${on}.`;
  if (difference.upper < 0)
    return `v${b} is right ${points(-difference.estimate)} times of 100 less often than v${a} (${interval}), ${on}.`;
  return `v${a} and v${b} can't be told apart ${on}: a difference of ${points(difference.estimate)} points of accuracy (${interval}).`;
}
