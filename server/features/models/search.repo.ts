import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

export type FoundVersion = {
  id: string;
  model: string;
  number: number;
  stage: string;
  createdAt: Date;
  createdBy: string | null;
  note: string;
  source: string;
  sizeBytes: bigint;
  total: bigint;
};

/**
 * Versions that satisfy a compiled condition, newest first. `where` is made by `compileWhere` of fixed fields, with what
 * people wrote bound from `$4` on; `$1` is the project.
 */
export function searchVersionRows(
  tx: Tx,
  scope: ProjectScope,
  o: { where: string; values: unknown[]; limit: number; offset: number },
): Promise<FoundVersion[]> {
  return tx.$queryRawUnsafe<FoundVersion[]>(
    `with found as (
       select v.id, v.created_at, count(*) over () as total
       from model_version v join model m on m.id = v.model_id
       where v.project_id = $1::uuid and v.deleted_at is null and (${o.where})
       order by v.created_at desc, v.id desc
       limit $2::int offset $3::int
     )
     select v.id, m.name as model, v.number, v.stage, v.created_at as "createdAt", v.note, v.source,
       v.size_bytes as "sizeBytes", u.name as "createdBy", found.total
     from found join model_version v on v.id = found.id and v.project_id = $1::uuid
     join model m on m.id = v.model_id left join "user" u on u.id = v.created_by_id
     order by found.created_at desc, found.id desc`,
    scope.projectId,
    o.limit,
    o.offset,
    ...o.values,
  );
}

/** Keys of figures that versions of the project have, the most common first. */
export function findFigureKeys(tx: Tx, scope: ProjectScope): Promise<{ kind: string; path: string; count: bigint }[]> {
  return tx.$queryRaw`
    select kind, path, count(*) as count from version_figure
    where project_id = ${scope.projectId}::uuid
      and model_version_id in (
        select id from model_version where project_id = ${scope.projectId}::uuid and deleted_at is null
        order by created_at desc limit 50)
    group by kind, path order by count(*) desc, path limit 500`;
}
