import pg from 'pg';
import { pool } from '#server/platform/db/pool.ts';

/** Rows of `stored_object`: what the store holds, and who owns it by foreign key. */

/** Makes sure of an object's row; one that was there gets a new time, because a writer is about to own it. */
export async function registerObject(o: { key: string; size: number; mediaType: string }): Promise<void> {
  await pool.query(
    `insert into stored_object (key, size, media_type, created_at) values ($1, $2, $3, now())
     on conflict (key) do update set created_at = now()`,
    [o.key, o.size, o.mediaType],
  );
}

/** Every column that owns objects, as the database's own catalog names them: a new owner needs no change here. */
async function owners(): Promise<{ table: string; column: string }[]> {
  const found = await pool.query<{ table: string; column: string }>(
    `select c.conrelid::regclass::text as "table", a.attname as "column"
       from pg_constraint c
       join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
      where c.contype = 'f' and c.confrelid = 'stored_object'::regclass`,
  );
  return found.rows;
}

/**
 * Deletes the rows of up to `limit` objects that nothing owns and that are older than the grace time.
 * A writer that takes one meanwhile keeps it: its foreign key holds the row, and the delete looks again.
 * @returns what was removed; the files are the caller's to delete
 */
export async function deleteUnowned(graceSeconds: number, limit: number): Promise<{ key: string; size: number }[]> {
  const unowned = (await owners())
    .map((o) => `and not exists (select 1 from ${o.table} owner where owner.${pg.escapeIdentifier(o.column)} = s.key)`)
    .join('\n');
  const removed = await pool.query<{ key: string; size: string }>(
    `delete from stored_object where key in (
       select s.key from stored_object s
        where s.created_at < now() - make_interval(secs => $1) ${unowned}
        limit $2 for update skip locked)
     and created_at < now() - make_interval(secs => $1)
     returning key, size`,
    [graceSeconds, limit],
  );
  return removed.rows.map((row) => ({ key: row.key, size: Number(row.size) }));
}

/** True when the store's table knows the key. */
export async function isRegistered(key: string): Promise<boolean> {
  const found = await pool.query('select 1 from stored_object where key = $1', [key]);
  return found.rowCount === 1;
}
