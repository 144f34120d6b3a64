import type { ProjectScope } from '#server/auth/actor.ts';
import type { Stage } from '#server/domain/stages.schema.ts';
import { stageRoleSchema } from '#server/domain/stages.schema.ts';
import type { Tx } from '#server/platform/db/client.ts';

const COLUMNS = { name: true, title: true, place: true, role: true, description: true } as const;

/** The stages of the project in their order. */
export async function findStages(tx: Tx, scope: ProjectScope): Promise<Stage[]> {
  const rows = await tx.stage.findMany({
    where: { projectId: scope.projectId },
    orderBy: { place: 'asc' },
    select: COLUMNS,
  });
  return rows.map((row) => ({ ...row, role: stageRoleSchema.parse(row.role) }));
}

/** Holds the project's stages until the transaction ends, so that two people's edits go one after the other. */
export async function lockStages(tx: Tx, scope: ProjectScope): Promise<void> {
  await tx.$queryRaw`select id from project_stage where project_id = ${scope.projectId}::uuid order by id for update`;
}

/** Writes the whole list: adds what is new, changes what is there, removes what is left out. */
export async function replaceStages(tx: Tx, scope: ProjectScope, stages: readonly Stage[]): Promise<void> {
  await tx.stage.deleteMany({
    where: { projectId: scope.projectId, name: { notIn: stages.map((stage) => stage.name) } },
  });
  for (const { name, ...rest } of stages) {
    await tx.stage.upsert({
      where: { projectId_name: { projectId: scope.projectId, name } },
      create: { projectId: scope.projectId, name, ...rest },
      update: rest,
    });
  }
}

/** How many versions stand in each stage, and how many requests are open for it. */
export async function countInStages(tx: Tx, scope: ProjectScope): Promise<Map<string, { versions: number; requests: number }>> {
  const [versions, requests] = await Promise.all([
    tx.modelVersion.groupBy({ by: ['stage'], where: { projectId: scope.projectId }, _count: true }),
    tx.promotionRequest.groupBy({
      by: ['targetStage'],
      where: { projectId: scope.projectId, status: { in: ['preparing', 'pending', 'changes', 'approved'] } },
      _count: true,
    }),
  ]);
  const counts = new Map<string, { versions: number; requests: number }>();
  for (const { stage, _count } of versions) counts.set(stage, { versions: _count, requests: 0 });
  for (const { targetStage, _count } of requests) {
    counts.set(targetStage, { versions: counts.get(targetStage)?.versions ?? 0, requests: _count });
  }
  return counts;
}
