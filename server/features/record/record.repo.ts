import { Prisma } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { AnswerRow, StandingRow } from './record-rows.schema.ts';

/** The request `r` with its words and its evidence as one JSON object, as of `at`. */
const groundOf = (at: Prisma.Sql) => Prisma.sql`
  case when r.id is null then null else json_build_object(
    'requestId', r.id, 'status', r.status, 'askedBy', r.requested_by_name, 'askedAt', r.requested_at, 'reason', r.reason,
    'emergency', r.emergency, 'decidedBy', r.decided_by_name, 'decidedAt', r.decided_at, 'decisionReason', r.decision_reason,
    'words', (select json_agg(json_build_object('verdict', d.verdict, 'by', d.person_name, 'instead', d.for_name, 'reason', d.reason, 'at', d.at)
                              order by d.at, d.id)
                from promotion_decision d where d.request_id = r.id and d.at <= ${at}),
    'evidenceHash', r.evidence_hash, 'preparedAt', r.evidence ->> 'preparedAt', 'on', r.evidence -> 'on',
    'gates', jsonb_array_length(r.evidence -> 'gates'),
    'passed', jsonb_array_length(jsonb_path_query_array(r.evidence, '$.gates[*] ? (@.passed == true)'))
  ) end`;

/**
 * What stood in which stage at a moment: for each version the last change of stage before it.
 * `stages` limits the answer; null takes every stage, with the versions that were never moved.
 */
export function findStandings(
  tx: Tx,
  { projectId }: ProjectScope,
  o: { at: Date; model: string | null; stages: string[] | null; start: string | null; limit: number },
): Promise<StandingRow[]> {
  const at = Prisma.sql`${o.at}::timestamptz`;
  const inModel =
    o.model === null
      ? Prisma.empty
      : Prisma.sql`and v.model_id = (select id from model where project_id = ${projectId}::uuid and name = ${o.model})`;
  const inStages = o.stages === null ? Prisma.empty : Prisma.sql`and c."to" = any (${o.stages}::text[])`;
  const unmoved =
    o.start === null
      ? Prisma.empty
      : Prisma.sql`union all
    (select v.id, v.model_id, v.number, ${o.start}::text, v.created_at,
            (select min(n.at) from stage_change n where n.model_version_id = v.id), coalesce(u.name, ''), v.note, null::uuid
       from model_version v left join "user" u on u.id = v.created_by_id
      where v.project_id = ${projectId}::uuid and v.created_at <= ${at} ${inModel}
        and not exists (select 1 from stage_change c where c.model_version_id = v.id and c.at <= ${at})
      order by v.created_at desc limit ${o.limit})`;
  return tx.$queryRaw<StandingRow[]>`
    with standing (version_id, model_id, number, stage, since, until, by_name, reason, request_id) as (
      (select v.id, v.model_id, v.number, c."to", c.at, c.left_at, c.actor_name, c.reason, c.request_id
         from stage_change c join model_version v on v.id = c.model_version_id
        where c.project_id = ${projectId}::uuid and c.at <= ${at} ${inStages} ${inModel}
          and coalesce(c.left_at, 'infinity'::timestamptz) > ${at}
        order by c.at desc limit ${o.limit})
      ${unmoved}
    )
    select m.name as model, s.version_id as "versionId", s.number as version, s.stage, s.since, s.by_name as by, s.reason, s.until,
           ${groundOf(at)} as ground
      from standing s join model m on m.id = s.model_id
      left join promotion_request r on r.id = s.request_id and r.project_id = ${projectId}::uuid
     order by m.name, s.since desc, s.number desc limit ${o.limit}`;
}

/** Changes of stage, the newest first. */
export function findChanges(tx: Tx, { projectId }: ProjectScope, o: { model: string | null; limit: number }) {
  return tx.stageChange.findMany({
    where: { projectId, ...(o.model === null ? {} : { modelVersion: { model: { name: o.model, projectId } } }) },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: o.limit,
    select: {
      at: true,
      from: true,
      to: true,
      actorName: true,
      modelVersion: { select: { number: true, model: { select: { name: true } } } },
    },
  });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An answer with the version that gave it, its run, the data behind that, and the request that let it in. */
export async function findAnswer(
  tx: Tx,
  { projectId }: ProjectScope,
  o: { id: string; index: number },
): Promise<AnswerRow | null> {
  const isId = UUID.test(o.id);
  const rows = await tx.$queryRaw<AnswerRow[]>`
    with recursive p as (
      (select * from prediction where project_id = ${projectId}::uuid and request_id = ${o.id} and index = ${o.index})
      union all
      (select * from prediction where ${isId} and project_id = ${projectId}::uuid and id = ${isId ? o.id : null}::uuid)
      limit 1
    ), origin as (
      select coalesce(run.dataset_version_id, v.dataset_version_id) as id
        from p join model_version v on v.id = p.model_version_id left join run on run.id = v.run_id and run.project_id = v.project_id
    ), ancestor as (
      select x.id, x.parent_id, x.dataset_id, x.number, x.row_count, x.content_hash, x.created_at, 0 as depth
        from dataset_version x join origin on origin.id = x.id where x.project_id = ${projectId}::uuid
      union all
      select x.id, x.parent_id, x.dataset_id, x.number, x.row_count, x.content_hash, x.created_at, a.depth + 1
        from ancestor a join dataset_version x on x.id = a.parent_id where x.project_id = ${projectId}::uuid and a.depth < 20
    )
    select p.id, p.request_id as "requestId", p.index, p.at, p.label, p.confidence, p.error_code as "errorCode", p.arm,
           d.name as deployment, ro.number as rollout, v.id as "versionId", m.name as model, v.number, v.source,
           v.graph_key as "graphKey", v.created_at as "registeredAt", maker.name as "registeredBy",
           c."to" as stage, c.at as since, c.actor_name as "movedBy", c.reason as "stageReason",
           case when run.id is null then null else json_build_object('id', run.id, 'name', run.name, 'experiment', e.name,
             'startedBy', runner.name, 'endedAt', run.ended_at) end as run,
           (select json_agg(json_build_object('id', a.id, 'dataset', ds.name, 'number', a.number, 'rows', a.row_count,
                              'contentHash', a.content_hash, 'createdAt', a.created_at) order by a.depth)
              from ancestor a join dataset ds on ds.id = a.dataset_id) as data,
           ${groundOf(Prisma.sql`p.at`)} as ground
      from p
      join deployment d on d.id = p.deployment_id and d.project_id = p.project_id
      join model_version v on v.id = p.model_version_id and v.project_id = p.project_id
      join model m on m.id = v.model_id
      left join rollout ro on ro.id = p.rollout_id and ro.project_id = p.project_id
      left join run on run.id = v.run_id and run.project_id = p.project_id
      left join experiment e on e.id = run.experiment_id
      left join "user" maker on maker.id = v.created_by_id
      left join "user" runner on runner.id = run.created_by_id
      left join lateral (
        select * from stage_change x where x.model_version_id = v.id and x.at <= p.at order by x.at desc, x.id desc limit 1
      ) c on true
      left join lateral (
        select x.* from promotion_request x
         where x.project_id = p.project_id and x.model_version_id = v.id and x.requested_at <= p.at
           and (x.id in (c.request_id, case when ro.candidate_version_id = v.id then ro.request_id end)
                or (c.request_id is null and x.status in ('approved', 'completed')))
         order by (x.id = case when ro.candidate_version_id = v.id then ro.request_id end) desc nulls last,
                  (x.id = c.request_id) desc nulls last, x.requested_at desc limit 1
      ) r on true`;
  return rows[0] ?? null;
}
