import type { BehaviourTest, Prisma } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { TestText } from '#server/domain/behaviour/test.schema.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { Origin } from './behaviour.schema.ts';

export type TestRow = BehaviourTest;

/** All rows of a model in the order in which they stand. */
export function findTests(tx: Tx, scope: ProjectScope, modelId: string): Promise<TestRow[]> {
  return tx.behaviourTest.findMany({
    where: { projectId: scope.projectId, modelId },
    orderBy: [{ position: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
  });
}

export function findTestsById(tx: Tx, scope: ProjectScope, modelId: string, ids: string[]): Promise<TestRow[]> {
  return tx.behaviourTest.findMany({ where: { projectId: scope.projectId, modelId, id: { in: ids } } });
}

/** Regression cases by where they come from. */
export function findTestsByOrigin(tx: Tx, scope: ProjectScope, modelId: string, keys: string[]): Promise<TestRow[]> {
  return tx.behaviourTest.findMany({ where: { projectId: scope.projectId, modelId, originKey: { in: keys } } });
}

export async function countTests(tx: Tx, scope: ProjectScope, modelId: string): Promise<{ rows: number; last: number }> {
  const found = await tx.behaviourTest.aggregate({
    where: { projectId: scope.projectId, modelId },
    _count: true,
    _max: { position: true },
  });
  return { rows: found._count, last: found._max.position ?? 0 };
}

export type NewTest = TestText & { position: number; origin?: Origin; originKey?: string };

/** Adds rows and says their ids by position; a regression case that is there already is left as it is. */
export async function insertTests(tx: Tx, scope: ProjectScope, modelId: string, rows: NewTest[]): Promise<Map<number, string>> {
  const { actor } = scope;
  if (rows.length === 0) return new Map();
  const made = await tx.behaviourTest.createManyAndReturn({
    data: rows.map(({ origin, originKey, input, ...row }) => ({
      ...row,
      input: input as Prisma.InputJsonValue,
      ...(origin ? { origin: origin as Prisma.InputJsonValue, originKey: originKey ?? null } : {}),
      projectId: scope.projectId,
      modelId,
      createdById: actor.kind === 'user' ? actor.id : null,
      createdByName: actor.name,
      updatedByName: actor.name,
    })),
    skipDuplicates: true,
    select: { id: true, position: true },
  });
  return new Map(made.map((row) => [row.position, row.id]));
}

/** Writes a row that still is what the writer saw; false when somebody was faster. */
export async function updateTest(
  tx: Tx,
  scope: ProjectScope,
  o: { modelId: string; id: string; version: number; text: TestText; at: Date },
): Promise<boolean> {
  const { input, ...text } = o.text;
  const changed = await tx.behaviourTest.updateMany({
    where: { projectId: scope.projectId, modelId: o.modelId, id: o.id, version: o.version },
    data: {
      ...text,
      input: input as Prisma.InputJsonValue,
      updatedByName: scope.actor.name,
      updatedAt: o.at,
      version: { increment: 1 },
    },
  });
  return changed.count === 1;
}

/** Removes a row that still is what the remover saw; false when it isn't. */
export async function deleteTest(
  tx: Tx,
  scope: ProjectScope,
  o: { modelId: string; id: string; version: number },
): Promise<boolean> {
  const gone = await tx.behaviourTest.deleteMany({
    where: { projectId: scope.projectId, modelId: o.modelId, id: o.id, version: o.version },
  });
  return gone.count === 1;
}
