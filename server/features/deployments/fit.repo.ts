import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

export type CallerRow = { tokenId: string | null; name: string | null; requests: number; lastAt: Date; fields: FieldForms };
/** Each field that the caller sends with the JSON types seen, nulls left out. */
export type FieldForms = Record<string, string[]>;

/** Who called a deployment in its newest `limit` requests, by token, with the fields that they send. */
export function findCallers(tx: Tx, scope: ProjectScope, o: { deploymentId: string; limit: number }): Promise<CallerRow[]> {
  return tx.$queryRaw<CallerRow[]>`
    with newest as (
      select token_id, at, input from prediction
      where project_id = ${scope.projectId}::uuid and deployment_id = ${o.deploymentId}::uuid
      order by event_time desc limit ${o.limit}
    ), sent as (
      select n.token_id, f.key, array_agg(distinct jsonb_typeof(f.value)) filter (where jsonb_typeof(f.value) <> 'null') as forms
      from newest n cross join lateral jsonb_each(n.input) f
      group by n.token_id, f.key
    )
    select n.token_id as "tokenId", t.name, count(*)::int as requests, max(n.at) as "lastAt",
      coalesce((select jsonb_object_agg(s.key, coalesce(to_jsonb(s.forms), '[]'::jsonb)) from sent s where s.token_id is not distinct from n.token_id), '{}'::jsonb) as fields
    from newest n left join api_token t on t.id = n.token_id and t.project_id = ${scope.projectId}::uuid
    group by n.token_id, t.name
    order by requests desc`;
}
