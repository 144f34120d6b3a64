import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { cellSchema, type Instance, testTextSchema } from '#server/domain/behaviour/test.schema.ts';
import { type Signature, signatureSchema } from '#server/domain/signature.ts';
import { DomainError } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { readColumns } from '#server/features/datasets/rows.service.ts';
import { getReadyVersion } from '#server/features/datasets/versions.service.ts';
import { requireModel, requireVersion } from '#server/features/models/registry.service.ts';
import { getPrediction } from '#server/features/predictions/search.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { mayWriteTests } from './behaviour.policy.ts';
import { countTests, findTestsByOrigin, insertTests, type NewTest } from './behaviour.repo.ts';
import type {
  addRegressionInput,
  addRegressionOutput,
  addRegressionRowsInput,
  addRegressionRowsOutput,
  regressionOfOutput,
} from './behaviour.schema.ts';
import { listTests } from './tests.service.ts';

const CAPABILITY = 'regression';
/** A figure is expected within so much of what came. */
const NEAR = 0.05;

const keyOf = (predictionId: string) => `prediction:${predictionId}`;

/** Whether a prediction has become a regression case of its model, and who may make it one. @throws DomainError NOT_FOUND */
export async function getRegressionOf(scope: ProjectScope, predictionId: string): Promise<z.infer<typeof regressionOfOutput>> {
  const prediction = await getPrediction(scope, predictionId);
  const version = await requireVersion(db, scope, prediction.model, prediction.version);
  const [found] = await findTestsByOrigin(db, scope, version.modelId, [keyOf(predictionId)]);
  return {
    test: found ? { id: found.id, version: found.version, expect: found.expect } : null,
    classes: signatureSchema.parse(version.signature).classes,
    mayWrite: mayWriteTests(scope.scopes),
  };
}

/**
 * Makes a logged prediction a regression case of its model: its input must be answered with the outcome that came, or
 * with what a person says. A second call finds the first one's case.
 * @throws DomainError NOT_FOUND, INVALID while neither an outcome nor an answer is known
 */
export async function addRegression(
  scope: ProjectScope,
  input: z.infer<typeof addRegressionInput>,
): Promise<z.infer<typeof addRegressionOutput>> {
  const prediction = await getPrediction(scope, input.predictionId);
  const version = await requireVersion(db, scope, prediction.model, prediction.version);
  const signature = signatureSchema.parse(version.signature);
  const expected = input.expected ?? (prediction.outcome === null ? null : expectationOf(prediction.outcome, signature));
  if (expected === null) {
    throw new DomainError('INVALID', 'No outcome has come for this prediction yet. Say what should have been answered.');
  }
  const instance = Object.fromEntries(
    signature.fields.map(({ name }) => [name, cellSchema.catch(null).parse(prediction.input[name] ?? null)]),
  );
  const test: Omit<NewTest, 'position'> = {
    ...textOf(instance, expected, `Request ${prediction.requestId}`),
    origin: {
      kind: 'prediction',
      predictionId: prediction.id,
      requestId: prediction.requestId,
      version: prediction.version,
      said: prediction.label,
    },
    originKey: keyOf(prediction.id),
  };
  const { ids, made } = await insertCases(scope, { id: version.modelId, name: prediction.model }, [test]);
  return { id: ids[0] ?? '', made: made === 1 };
}

/**
 * Makes rows of a dataset version regression cases of a model, with their labels as what is expected.
 * @throws DomainError NOT_FOUND, INVALID where the version lacks a field or the label
 */
export async function addRegressionRows(
  scope: ProjectScope,
  input: z.infer<typeof addRegressionRowsInput>,
): Promise<z.infer<typeof addRegressionRowsOutput>> {
  const model = await requireModel(db, scope, input.model);
  const data = await getReadyVersion(scope, input.datasetVersionId);
  const label = data.columns.find((column) => column.kind === 'label')?.name;
  if (!label)
    throw new DomainError('INVALID', `${data.dataset} v${data.number} has no label column, so nothing says what is right.`);
  const { fields, classes } = await listTests(scope, input.model);
  const names = fields.map((field) => field.name);
  const { n, columns } = await readColumns(scope, data.id, { columns: ['_row', label, ...names], requireLabel: true });
  const wanted = new Set(input.rows);
  const tests = Array.from({ length: n }, (_, place) => place)
    .filter((place) => wanted.has(Number(columns._row?.[place])))
    .map((place): Omit<NewTest, 'position'> => {
      const row = Number(columns._row?.[place]);
      const instance: Instance = Object.fromEntries(names.map((name) => [name, columns[name]?.[place] ?? null]));
      return {
        ...textOf(
          instance,
          expectationOf(String(columns[label]?.[place] ?? ''), { classes }),
          `${data.dataset} v${data.number}, row ${row}`,
        ),
        origin: { kind: 'row', datasetVersionId: data.id, dataset: data.dataset, number: data.number, row },
        originKey: `row:${data.id}:${row}`,
      };
    });
  if (tests.length === 0) throw new DomainError('INVALID', 'None of these rows has a label, so nothing says what is right.');
  const { made } = await insertCases(scope, model, tests);
  return { made, known: tests.length - made };
}

async function insertCases(scope: ProjectScope, model: { id: string; name: string }, tests: Omit<NewTest, 'position'>[]) {
  return transaction(async (tx) => {
    const { last } = await countTests(tx, scope, model.id);
    const keys = tests.flatMap((test) => test.originKey ?? []);
    const made = await insertTests(
      tx,
      scope,
      model.id,
      tests.map((test, index) => ({ ...test, position: last + 1 + index })),
    );
    if (made.size > 0) {
      await recordAudit(tx, scope, {
        action: 'behaviour.regression.added',
        target: { type: 'model', id: model.id, name: model.name },
        details: { cases: tests.slice(0, 50).map(({ origin, expect }) => ({ origin, expect })), made: made.size },
      });
      await publish(tx, { projectId: scope.projectId, type: 'behaviour.tests', id: model.id });
    }
    const found = await findTestsByOrigin(tx, scope, model.id, keys);
    return { made: made.size, ids: keys.flatMap((key) => found.find((row) => row.originKey === key)?.id ?? []) };
  });
}

function textOf(input: Instance, expect: string, note: string) {
  return testTextSchema.parse({ kind: 'regression', capability: CAPABILITY, severity: 'blocking', input, expect, note });
}

/** A class stands for itself; a figure for its surroundings. */
function expectationOf(outcome: string, model: Pick<Signature, 'classes'>): string {
  if (model.classes !== null || !Number.isFinite(Number(outcome))) return outcome;
  return `${outcome} ± ${Number((Math.abs(Number(outcome)) * NEAR).toPrecision(3))}`;
}
