import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { FigureKind } from './search.schema.ts';

export type Figure = { path: string; value: number | null; text: string | null };

/** Puts the last metrics and the params of its run beside a version, so that it can be searched by them. */
export async function copyRunFigures(tx: Tx, scope: ProjectScope, o: { versionId: string; runId: string }): Promise<void> {
  await tx.$executeRaw`
    insert into version_figure (project_id, model_version_id, kind, path, value)
    select distinct on (key) ${scope.projectId}::uuid, ${o.versionId}::uuid, 'metric', key, value
    from run_metric where project_id = ${scope.projectId}::uuid and run_id = ${o.runId}::uuid
    order by key, step desc
    on conflict do nothing`;
  await tx.$executeRaw`
    insert into version_figure (project_id, model_version_id, kind, path, value, text)
    select ${scope.projectId}::uuid, ${o.versionId}::uuid, 'param', key,
      case when value ~ '^[-+]?[0-9]{1,15}(\\.[0-9]{1,15})?([eE][-+]?[0-9]{1,2})?$' then value::double precision end, value
    from run_param where project_id = ${scope.projectId}::uuid and run_id = ${o.runId}::uuid
    on conflict do nothing`;
}

/** Sets all figures of one kind of a version anew. */
export async function replaceFigures(
  tx: Tx,
  scope: ProjectScope,
  o: { versionId: string; kind: FigureKind; figures: readonly Figure[] },
): Promise<void> {
  const at = { projectId: scope.projectId, modelVersionId: o.versionId, kind: o.kind };
  await tx.versionFigure.deleteMany({ where: at });
  await tx.versionFigure.createMany({ data: o.figures.map((figure) => ({ ...at, ...figure })), skipDuplicates: true });
}

/** Sets or, with null, removes one tag. */
export async function putTag(
  tx: Tx,
  scope: ProjectScope,
  o: { versionId: string; key: string; value: string | null },
): Promise<void> {
  const at = { projectId: scope.projectId, modelVersionId: o.versionId, kind: 'tag', path: o.key };
  await tx.versionFigure.deleteMany({ where: at });
  if (o.value !== null) await tx.versionFigure.create({ data: { ...at, text: o.value } });
}

/** Figures of some versions: those of a kind, or those of some paths. */
export function findFigures(
  tx: Tx,
  scope: ProjectScope,
  o: { versionIds: string[]; kind?: FigureKind; keys?: readonly { kind: FigureKind; path: string }[] },
) {
  return tx.versionFigure.findMany({
    where: {
      projectId: scope.projectId,
      modelVersionId: { in: o.versionIds },
      ...(o.kind ? { kind: o.kind } : {}),
      ...(o.keys ? { OR: o.keys.map(({ kind, path }) => ({ kind, path })) } : {}),
    },
    orderBy: [{ kind: 'asc' }, { path: 'asc' }],
  });
}
