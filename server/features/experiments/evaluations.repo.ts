import type { Evaluation, Prisma } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { EvaluationSummary } from '#server/domain/evaluation.schema.ts';
import type { Tx } from '#server/platform/db/client.ts';

export type EvaluationRow = Evaluation;
type Place = { graphKey: string; datasetVersionId: string; split: string };

export function findEvaluation(tx: Tx, scope: ProjectScope, id: string): Promise<EvaluationRow | null> {
  return tx.evaluation.findFirst({ where: { projectId: scope.projectId, id } });
}

/** What is known already of a graph on a part of a dataset version. */
export function findEvaluationOf(tx: Tx, scope: ProjectScope, place: Place): Promise<EvaluationRow | null> {
  return tx.evaluation.findUnique({
    where: { projectId_graphKey_datasetVersionId_split: { projectId: scope.projectId, ...place } },
  });
}

export function findEvaluationsOfGraphs(tx: Tx, scope: ProjectScope, graphKeys: readonly string[]): Promise<EvaluationRow[]> {
  return tx.evaluation.findMany({
    where: { projectId: scope.projectId, graphKey: { in: [...graphKeys] } },
    orderBy: { createdAt: 'asc' },
  });
}

/** Evaluations of the graphs that runs made, whoever asked for them, by run. */
export async function findEvaluationsOfRuns(
  tx: Tx,
  scope: ProjectScope,
  runIds: readonly string[],
): Promise<Map<string, EvaluationRow[]>> {
  const graphs = await tx.artifact.findMany({
    where: { projectId: scope.projectId, runId: { in: [...runIds] } },
    select: { runId: true, objectKey: true },
  });
  const rows = await findEvaluationsOfGraphs(
    tx,
    scope,
    graphs.map((graph) => graph.objectKey),
  );
  const found = new Map<string, EvaluationRow[]>();
  for (const { runId, objectKey } of graphs) {
    const own = rows.filter((row) => row.graphKey === objectKey);
    found.set(runId, [...(found.get(runId) ?? []), ...own]);
  }
  return found;
}

/** Inserts an evaluation, or returns the one that another call made meanwhile. */
export async function insertEvaluation(
  tx: Tx,
  scope: ProjectScope,
  values: Place & { runId: string | null; modelVersionId: string | null; summary: EvaluationSummary; rowsKey: string },
): Promise<EvaluationRow> {
  await tx.evaluation.createMany({
    data: [{ ...values, projectId: scope.projectId, summary: values.summary as Prisma.InputJsonValue }],
    skipDuplicates: true,
  });
  const { graphKey, datasetVersionId, split } = values;
  return tx.evaluation.findUniqueOrThrow({
    where: { projectId_graphKey_datasetVersionId_split: { projectId: scope.projectId, graphKey, datasetVersionId, split } },
  });
}
