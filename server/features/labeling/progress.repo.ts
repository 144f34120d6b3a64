import { Prisma } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { Counts } from './labeling.schema.ts';
import type { ItemRow, ItemsInput, Team } from './queue.schema.ts';

const EMPTY: Counts = { total: 0, done: 0, skipped: 0, open: 0 };

/** Items by state, for each of the given labeling projects. */
export async function countItems(tx: Tx, scope: ProjectScope, labelingIds: string[]): Promise<Map<string, Counts>> {
  const rows = await tx.labelItem.groupBy({
    by: ['labelingProjectId', 'status'],
    where: { projectId: scope.projectId, labelingProjectId: { in: labelingIds } },
    _count: { _all: true },
  });
  const counts = new Map(labelingIds.map((id) => [id, { ...EMPTY }]));
  for (const row of rows) {
    const of = counts.get(row.labelingProjectId);
    if (!of) continue;
    of[row.status] += row._count._all;
    of.total += row._count._all;
  }
  return counts;
}

export type Activity = {
  labelingId: string;
  mine: number;
  people: string[];
  answeredLastHour: number;
  medianMs: number | null;
  lastAnswerAt: Date | null;
};

/** Who answered and how fast (median milliseconds an answer), for each labeling project that has answers. */
export async function findActivity(
  tx: Tx,
  scope: ProjectScope,
  at: { labelingIds: string[]; userId: string | null },
): Promise<Map<string, Activity>> {
  const rows = await tx.$queryRaw<Activity[]>(Prisma.sql`
    select a.labeling_project_id as "labelingId",
      (count(*) filter (where a.user_id = ${at.userId}::uuid and a.label is not null))::int as mine,
      coalesce(array_agg(distinct u.name) filter (where u.name is not null), '{}') as people,
      (count(*) filter (where a.label is not null and a.created_at > now() - interval '1 hour'))::int as "answeredLastHour",
      percentile_cont(0.5) within group (order by a.duration_ms) filter (where a.label is not null) as "medianMs",
      max(a.created_at) as "lastAnswerAt"
    from annotation a
    left join "user" u on u.id = a.user_id
    where a.project_id = ${scope.projectId}::uuid and a.undone_at is null
      and a.labeling_project_id = any(${at.labelingIds}::uuid[])
    group by a.labeling_project_id`);
  return new Map(rows.map((row) => [row.labelingId, row]));
}

export type OwnProgress = { done: number; skipped: number; sinceDone: number; sinceMedianMs: number | null };

/** What one person did, in all and since a moment. */
export async function findOwnProgress(
  tx: Tx,
  scope: ProjectScope,
  at: { labelingId: string; userId: string; since: Date },
): Promise<OwnProgress> {
  const rows = await tx.$queryRaw<OwnProgress[]>(Prisma.sql`
    select (count(*) filter (where label is not null))::int as done,
      (count(*) filter (where skipped))::int as skipped,
      (count(*) filter (where label is not null and created_at >= ${at.since}))::int as "sinceDone",
      percentile_cont(0.5) within group (order by duration_ms)
        filter (where label is not null and created_at >= ${at.since}) as "sinceMedianMs"
    from annotation
    where project_id = ${scope.projectId}::uuid and labeling_project_id = ${at.labelingId}::uuid
      and user_id = ${at.userId}::uuid and undone_at is null`);
  return rows[0] ?? { done: 0, skipped: 0, sinceDone: 0, sinceMedianMs: null };
}

export async function findTeam(tx: Tx, scope: ProjectScope, labelingId: string): Promise<Team['people']> {
  return tx.$queryRaw(Prisma.sql`
    with answers as (
      select user_id, (count(*) filter (where undone_at is null and label is not null))::int as done,
        (count(*) filter (where undone_at is null and skipped))::int as skipped,
        (count(*) filter (where undone_at is not null))::int as undone,
        percentile_cont(0.5) within group (order by duration_ms) filter (where undone_at is null and label is not null) as median,
        max(created_at) as last
      from annotation
      where project_id = ${scope.projectId}::uuid and labeling_project_id = ${labelingId}::uuid
      group by user_id
    ), holding as (
      select leased_by_id as user_id, count(*)::int as n
      from label_item
      where project_id = ${scope.projectId}::uuid and labeling_project_id = ${labelingId}::uuid
        and status = 'open' and leased_until > now()
      group by leased_by_id
    )
    select u.id, u.name, coalesce(a.done, 0) as done, coalesce(a.skipped, 0) as skipped, coalesce(a.undone, 0) as undone,
      a.median as "medianMs", a.last as "lastAnswerAt", coalesce(h.n, 0) as holding
    from answers a full join holding h using (user_id) join "user" u on u.id = user_id
    order by coalesce(a.done, 0) desc, u.name`);
}

export async function countByLabel(tx: Tx, scope: ProjectScope, labelingId: string): Promise<Team['byLabel']> {
  return tx.$queryRaw(Prisma.sql`
    select label, count(*)::int as count from annotation
    where project_id = ${scope.projectId}::uuid and labeling_project_id = ${labelingId}::uuid
      and undone_at is null and label is not null
    group by label order by count(*) desc, label`);
}

/** A page of the queue with who answered what, and how many rows the filter leaves. */
export async function findItems(
  tx: Tx,
  scope: ProjectScope,
  labelingId: string,
  filter: Pick<ItemsInput, 'state' | 'label' | 'offset' | 'limit'>,
): Promise<{ total: number; rows: ItemRow[] }> {
  const leased = Prisma.sql`(i.status = 'open' and i.leased_until > now())`;
  const state = Prisma.sql`case when ${leased} then 'leased' else i.status::text end`;
  const where = Prisma.sql`
    i.project_id = ${scope.projectId}::uuid and i.labeling_project_id = ${labelingId}::uuid
    and (${filter.state ?? null}::text is null or ${state} = ${filter.state ?? null}::text)
    and (${filter.label ?? null}::text is null or a.label = ${filter.label ?? null}::text)`;
  const from = Prisma.sql`label_item i left join annotation a on a.item_id = i.id and a.undone_at is null`;
  const [total] = await tx.$queryRaw<{ n: number }[]>(Prisma.sql`select count(*)::int as n from ${from} where ${where}`);
  const rows = await tx.$queryRaw<ItemRow[]>(Prisma.sql`
    select i.id, i.position, i.row_key as key, i.data, ${state} as state, a.label, a.skip_reason as "skipReason",
      u.name as by, a.created_at as at, a.duration_ms as "durationMs"
    from ${from} left join "user" u on u.id = coalesce(a.user_id, case when ${leased} then i.leased_by_id end)
    where ${where}
    order by i.position limit ${filter.limit} offset ${filter.offset}`);
  return { total: total?.n ?? 0, rows };
}
