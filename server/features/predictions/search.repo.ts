import { Prisma } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { FoundPrediction, PredictionDetailRow } from '#server/features/predictions/prediction-rows.schema.ts';
import type { SearchPredictionsInput } from '#server/features/predictions/predictions.schema.ts';
import type { Tx } from '#server/platform/db/client.ts';

const COLUMNS = Prisma.sql`
  p.id, p.request_id as "requestId", p.index, p.at, p.event_time as "eventTime", d.name as deployment, m.name as model,
  v.number as version, p.arm, p.label, p.confidence, o.label as outcome, p.error_code as "errorCode",
  p.latency_ms as "latencyMs", p.input`;

const FROM = Prisma.sql`
  prediction p
  join deployment d on d.id = p.deployment_id and d.project_id = p.project_id
  join model_version v on v.id = p.model_version_id and v.project_id = p.project_id
  join model m on m.id = v.model_id
  left join outcome o on o.project_id = p.project_id and o.request_id = p.request_id and o.index = p.index`;

/** One row more than the limit, the newest arrival first, so that the caller knows whether there is a next page. */
export function findPredictions(tx: Tx, scope: ProjectScope, input: SearchPredictionsInput): Promise<FoundPrediction[]> {
  return tx.$queryRaw<FoundPrediction[]>`
    select ${COLUMNS} from ${FROM}
    where ${Prisma.join(conditions(scope, input), ' and ')}
    order by p.at desc, p.id desc
    limit ${input.limit + 1}`;
}

function conditions(scope: ProjectScope, input: SearchPredictionsInput): Prisma.Sql[] {
  const time = input.clock === 'event' ? Prisma.sql`p.event_time` : Prisma.sql`p.at`;
  const all = [Prisma.sql`p.project_id = ${scope.projectId}::uuid`];
  if (input.requestId) all.push(Prisma.sql`(p.request_id = ${input.requestId} or p.id::text = lower(${input.requestId}))`);
  if (input.deployment) all.push(Prisma.sql`d.name = ${input.deployment}`);
  if (input.version) all.push(Prisma.sql`v.number = ${input.version}`);
  if (input.arm) all.push(Prisma.sql`p.arm = ${input.arm}`);
  if (input.label !== undefined) all.push(Prisma.sql`p.label = ${input.label}`);
  if (input.result) all.push(RESULTS[input.result]);
  if (input.from) all.push(Prisma.sql`${time} >= ${input.from}`);
  if (input.to) all.push(Prisma.sql`${time} < ${input.to}`);
  if (input.cursor) all.push(Prisma.sql`(p.at, p.id) < (${input.cursor.at}, ${input.cursor.id}::uuid)`);
  return all;
}

const RESULTS = {
  right: Prisma.sql`p.error_code is null and o.label = p.label`,
  wrong: Prisma.sql`p.error_code is null and o.label <> p.label`,
  open: Prisma.sql`p.error_code is null and o.label is null`,
  failed: Prisma.sql`p.error_code is not null`,
};

/** Deployments of the project with the versions that have answered there. */
export function findAnsweringVersions(tx: Tx, scope: ProjectScope) {
  return tx.$queryRaw<{ deployment: string; model: string; version: number }[]>`
    select d.name as deployment, m.name as model, v.number as version
    from deployment d
    join model m on m.id = d.model_id
    join model_version v on v.model_id = m.id
    where d.project_id = ${scope.projectId}::uuid
      and exists (select 1 from prediction p where p.deployment_id = d.id and p.model_version_id = v.id)
    order by 1, 3`;
}

/** Classes that the project's answering versions can give. */
export function findLabels(tx: Tx, scope: ProjectScope): Promise<{ label: string }[]> {
  return tx.$queryRaw<{ label: string }[]>`
    select distinct c.label
    from model_version v, jsonb_array_elements_text(
      case when jsonb_typeof(v.signature -> 'classes') = 'array' then v.signature -> 'classes' else '[]'::jsonb end) as c(label)
    where v.project_id = ${scope.projectId}::uuid
      and exists (select 1 from deployment d where d.model_id = v.model_id)
    order by 1 limit 200`;
}

const DETAIL = Prisma.sql`
  ${COLUMNS}, p.deployment_id as "deploymentId", p.model_version_id as "modelVersionId", p.rollout_id as "rolloutId",
  p.output, p.routing_key as "routingKey", p.queue_ms as "queueMs", p.batch_size as "batchSize", p.provider,
  t.name as token, o.at as "outcomeAt", o.event_time as "outcomeEventTime", o.source as "outcomeSource"`;

export async function findPrediction(tx: Tx, scope: ProjectScope, id: string): Promise<PredictionDetailRow | undefined> {
  const [row] = await tx.$queryRaw<PredictionDetailRow[]>`
    select ${DETAIL} from ${FROM} left join api_token t on t.id = p.token_id and t.project_id = p.project_id
    where p.project_id = ${scope.projectId}::uuid and p.id = ${id}::uuid`;
  return row;
}

/** All instances of one request, in order. */
export function findRequest(tx: Tx, scope: ProjectScope, requestId: string): Promise<PredictionDetailRow[]> {
  return tx.$queryRaw<PredictionDetailRow[]>`
    select ${DETAIL} from ${FROM} left join api_token t on t.id = p.token_id and t.project_id = p.project_id
    where p.project_id = ${scope.projectId}::uuid and p.request_id = ${requestId}
    order by p.index limit 1000`;
}
