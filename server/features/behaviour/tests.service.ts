import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { signatureSchema } from '#server/domain/signature.ts';
import { DomainError } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { listModelsWithVersions, requireModel } from '#server/features/models/registry.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { mayWriteTests } from './behaviour.policy.ts';
import { countTests, deleteTest, findTests, findTestsById, insertTests, updateTest } from './behaviour.repo.ts';
import { MOST_TESTS, type SaveTestsInput, type saveTestsOutput, type Test, type TestList } from './behaviour.schema.ts';
import { toRecord, toTest } from './behaviour.view.ts';

/** The rows of a model, and what its newest version takes and gives. @throws DomainError NOT_FOUND */
export async function listTests(scope: ProjectScope, name: string): Promise<TestList> {
  const model = await requireModel(db, scope, name);
  const [tests, models] = [await findTests(db, scope, model.id), await listModelsWithVersions(scope)];
  const versions = models.find((one) => one.id === model.id)?.versions ?? [];
  const signature = versions[0] ? signatureSchema.parse(versions[0].signature) : null;
  return {
    tests: tests.map(toTest),
    fields: signature?.fields ?? [],
    classes: signature?.classes ?? null,
    versions: versions.map(({ number, stage }) => ({ number, stage })),
    mayWrite: mayWriteTests(scope.scopes),
  };
}

/** The rows of a model by its id, for a run. */
export async function readTests(scope: ProjectScope, modelId: string): Promise<Test[]> {
  return (await findTests(db, scope, modelId)).map(toTest);
}

/**
 * Writes and removes rows together, or none of them.
 * @throws DomainError NOT_FOUND, TOO_LARGE, CONFLICT naming the rows that somebody else changed meanwhile
 */
export async function saveTests(scope: ProjectScope, input: SaveTestsInput): Promise<z.infer<typeof saveTestsOutput>> {
  return transaction(async (tx) => {
    const model = await requireModel(tx, scope, input.model);
    const { rows, last } = await countTests(tx, scope, model.id);
    const fresh = input.rows.filter((row) => row.id === null).length;
    if (rows + fresh - input.removed.length > MOST_TESTS) {
      throw new DomainError(
        'TOO_LARGE',
        `A model has ${MOST_TESTS} tests at most; this would make ${rows + fresh - input.removed.length}.`,
      );
    }
    const named = [...input.rows.flatMap((row) => row.id ?? []), ...input.removed.map((row) => row.id)];
    const before = new Map((await findTestsById(tx, scope, model.id, named)).map((row) => [row.id, row]));
    const lost: string[] = [];
    for (const { id, version } of input.removed) {
      if (before.has(id) && !(await deleteTest(tx, scope, { modelId: model.id, id, version }))) lost.push(id);
    }
    const added = input.rows.flatMap(({ id, version: _, ...text }, index) =>
      id === null ? [{ ...text, position: last + 1 + index }] : [],
    );
    const at = new Date();
    for (const { id, version, ...text } of input.rows) {
      if (id !== null && !(await updateTest(tx, scope, { modelId: model.id, id, version: version ?? 0, text, at })))
        lost.push(id);
    }
    if (lost.length > 0) throw conflict(lost, before);
    const ids = await insertTests(tx, scope, model.id, added);
    const changed = input.rows.filter((row) => row.id !== null);
    await recordAudit(tx, scope, {
      action: 'behaviour.tests.changed',
      target: { type: 'model', id: model.id, name: model.name },
      details: {
        added: added.slice(0, 50).map(toRecord),
        changed: changed
          .slice(0, 50)
          .map((row) => ({ id: row.id, before: recordOf(before.get(row.id ?? '')), after: toRecord(row) })),
        removed: input.removed.slice(0, 50).map((row) => ({ id: row.id, before: recordOf(before.get(row.id)) })),
        counts: { added: added.length, changed: changed.length, removed: input.removed.length },
      },
    });
    await publish(tx, { projectId: scope.projectId, type: 'behaviour.tests', id: model.id });
    return {
      saved: input.rows.map((row, index) => ({
        id: row.id ?? ids.get(last + 1 + index) ?? '',
        version: row.id === null ? 1 : (row.version ?? 0) + 1,
      })),
      removed: input.removed.length,
    };
  });
}

type Before = Awaited<ReturnType<typeof findTestsById>>[number];

function recordOf(row: Before | undefined) {
  return row ? toRecord(row) : null;
}

function conflict(ids: string[], before: ReadonlyMap<string, Before>): DomainError {
  const row = before.get(ids[0] ?? '');
  const others = ids.length > 1 ? ` and ${ids.length - 1} more` : '';
  const what = row
    ? `Row “${row.name || row.capability || row.kind}”${others} was changed by ${row.updatedByName} while you had it open.`
    : `A row that you changed${others} was removed while you had it open.`;
  return new DomainError(
    'CONFLICT',
    `${what} Nothing of yours was written. Load the rows as they are now, then change them again.`,
    { ids },
  );
}
