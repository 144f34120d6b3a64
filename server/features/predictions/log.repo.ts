import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DomainError } from '#server/errors.ts';
import type { LoggedOutcome, OutcomeConflict } from '#server/features/predictions/log.schema.ts';
import { LINE_COLUMNS } from '#server/features/predictions/log-line.schema.ts';
import { copyFrom } from '#server/platform/db/copy.ts';
import { pool } from '#server/platform/db/pool.ts';

export type StoredCount = { projectId: string; deploymentId: string; stored: number };

const INSERT_PREDICTIONS = `
  with stored as (
    insert into prediction (
      id, project_id, request_id, index, deployment_id, model_version_id, rollout_id, arm, routing_key, at, event_time,
      input, output, label, confidence, error_code, latency_ms, queue_ms, batch_size, provider, token_id)
    select
      p.id, p."projectId", p."requestId", p.index, p."deploymentId", p."modelVersionId", p."rolloutId", p.arm,
      p."routingKey", p.at, p."eventTime", p.input, p.output, p.label, p.confidence, p."errorCode", p."latencyMs",
      p."queueMs", p."batchSize", p.provider, p."tokenId"
    from json_to_recordset($1::json) as p(
      id uuid, "projectId" uuid, "requestId" text, index int, "deploymentId" uuid, "modelVersionId" uuid,
      "rolloutId" uuid, arm text, "routingKey" text, at timestamptz, "eventTime" timestamptz, input jsonb, output jsonb,
      label text, confidence float8, "errorCode" text, "latencyMs" float8, "queueMs" float8, "batchSize" int,
      provider text, "tokenId" uuid)
    on conflict do nothing
    returning project_id, deployment_id
  )
  select project_id as "projectId", deployment_id as "deploymentId", count(*)::int as stored
  from stored group by 1, 2`;

const INSERT_OUTCOMES = `
  insert into outcome (id, project_id, request_id, index, label, at, event_time, source)
  select o.id, o."projectId", o."requestId", o.index, o.label, o.at, o."eventTime", o.source
  from json_to_recordset($1::json) as o(
    id uuid, "projectId" uuid, "requestId" text, index int, label text, at timestamptz, "eventTime" timestamptz, source text)
  on conflict do nothing
  returning project_id as "projectId"`;

const CONTRADICTIONS = `
  select o.request_id, o.index, o.label as stored, g.label as given
  from json_to_recordset($1::json) as g("projectId" uuid, "requestId" text, index int, label text)
  join outcome o on o.project_id = g."projectId" and o.request_id = g."requestId" and o.index = g.index
  where o.label <> g.label
  order by o.request_id, o.index`;

/**
 * Stores lines of the prediction log; those that are stored already are left as they are. The gateway's lines name
 * their projects themselves, from the token that each request came with.
 * @param json a JSON array of `LoggedPrediction` as text, as it lies in the spool
 * @throws DomainError INVALID when a line is at fault, anything else when the database is
 */
export async function insertPredictions(json: string): Promise<StoredCount[]> {
  return bulk(async () => (await pool.query<StoredCount>(INSERT_PREDICTIONS, [json])).rows);
}

const COLUMNS = LINE_COLUMNS.join(', ');
const COPY = `copy prediction (${COLUMNS}) from stdin`;
const STAGE = 'create temp table spooled (like prediction) on commit drop';
const COPY_STAGED = `copy spooled (${COLUMNS}) from stdin`;
const INSERT_STAGED = `
  with stored as (
    insert into prediction (${COLUMNS}) select ${COLUMNS} from spooled on conflict do nothing
    returning project_id, deployment_id
  )
  select project_id as "projectId", deployment_id as "deploymentId", count(*)::int as stored
  from stored group by 1, 2`;
const CHUNK_BYTES = 128 * 1024;
const UNIQUE_VIOLATION = '23505';

/**
 * Copies lines of the spool (`log-line.schema.ts`) into the table in one statement: the cheapest way by far.
 * @returns the number of lines, or 'known' when some of them are stored already, and then nothing was stored
 * @throws DomainError INVALID when a line is at fault, anything else when the database is
 */
export async function copyPredictions(lines: Buffer): Promise<number | 'known'> {
  const client = await pool.connect();
  try {
    return await bulk(() => copyFrom(client, COPY, chunksOf(lines)));
  } catch (error) {
    if (error instanceof DomainError && error.details?.sqlState === UNIQUE_VIOLATION) return 'known';
    throw error;
  } finally {
    client.release();
  }
}

/**
 * Stores lines of the spool, of which some may be stored already: those stay as they are.
 * @throws DomainError INVALID when a line is at fault, anything else when the database is
 */
export async function mergePredictions(lines: Buffer): Promise<{ lines: number; stored: StoredCount[] }> {
  const client = await pool.connect();
  try {
    return await bulk(async () => {
      await client.query('begin');
      await client.query(STAGE);
      const count = await copyFrom(client, COPY_STAGED, chunksOf(lines));
      const { rows: stored } = await client.query<StoredCount>(INSERT_STAGED);
      await client.query('commit');
      return { lines: count, stored };
    });
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** In slices, with a turn of the event loop between two of them: a gateway ships its log beside its requests. */
function chunksOf(data: Buffer): Readable {
  return Readable.from(slices(data), { objectMode: true, highWaterMark: 1 });
}

async function* slices(data: Buffer): AsyncGenerator<Buffer> {
  for (let from = 0; from < data.length; from += CHUNK_BYTES) {
    yield data.subarray(from, from + CHUNK_BYTES);
    await nextTurn();
  }
}

/** Stores outcomes from the spool: the first one that came stays. Returns the projects that got any. */
export async function insertOutcomes(json: string): Promise<string[]> {
  return bulk(async () => {
    const { rows } = await pool.query<{ projectId: string }>(INSERT_OUTCOMES, [json]);
    return [...new Set(rows.map((row) => row.projectId))];
  });
}

/** Stores outcomes all or none: none when one of them contradicts a stored one. */
export async function insertOutcomesStrictly(
  outcomes: readonly LoggedOutcome[],
): Promise<{ stored: number; conflicts: OutcomeConflict[] }> {
  const json = JSON.stringify(outcomes);
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rowCount } = await client.query(INSERT_OUTCOMES, [json]);
    const { rows: conflicts } = await client.query<OutcomeConflict>(CONTRADICTIONS, [json]);
    await client.query(conflicts.length > 0 ? 'rollback' : 'commit');
    return { stored: conflicts.length > 0 ? 0 : (rowCount ?? 0), conflicts };
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** SQLSTATE classes 22 (data) and 23 (integrity) say that a row is at fault, not the database. */
async function bulk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (typeof code !== 'string' || !/^2[23]/.test(code)) throw error;
    throw new DomainError('INVALID', `The database refuses a line: ${(error as Error).message}`, { sqlState: code });
  }
}
