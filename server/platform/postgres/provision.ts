import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DomainError, messageOf } from '#server/errors.ts';

export const APPLICATION_ROLE = 'stagecraft';
export const APPLICATION_DATABASE = 'stagecraft';

/** The address of a database on a server of this machine. */
export function localUrl(o: { user: string; password: string; port: number; database: string }): string {
  return `postgresql://${o.user}:${encodeURIComponent(o.password)}@127.0.0.1:${o.port}/${o.database}`;
}

/** Connects as the superuser, repeating for as long as the server is still starting. */
async function connectAdmin(port: number, password: string, waitMs: number): Promise<pg.Client> {
  const until = Date.now() + waitMs;
  for (;;) {
    const client = new pg.Client({ connectionString: localUrl({ user: 'postgres', password, port, database: 'postgres' }) });
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      const code = (error as { code?: string }).code;
      if (code === '28P01')
        throw new DomainError(
          'CONFLICT',
          'The database refuses the password in .data/database.json: it belongs to another data folder.',
        );
      if (Date.now() > until) throw new DomainError('UNAVAILABLE', `The database does not answer: ${messageOf(error)}`);
      await sleep(100);
    }
  }
}

/** True when the server on this port is ours: it takes our superuser's password. */
export async function isOurs(port: number, password: string): Promise<boolean> {
  try {
    const client = await connectAdmin(port, password, 1_000);
    await client.end();
    return true;
  } catch {
    return false;
  }
}

/** Makes sure of the application's role, which is no superuser, and of its database. Safe to repeat. */
export async function provision(o: { port: number; superuserPassword: string; password: string }): Promise<void> {
  const client = await connectAdmin(o.port, o.superuserPassword, 30_000);
  try {
    const role = await client.query('select 1 from pg_roles where rolname = $1', [APPLICATION_ROLE]);
    const verb = role.rowCount ? 'alter' : 'create';
    // Neither statement takes bound values; the names are constants and the password is escaped by the driver.
    await client.query(
      `${verb} role ${APPLICATION_ROLE} with login nosuperuser nocreatedb nocreaterole noreplication password ${client.escapeLiteral(o.password)}`,
    );
    const database = await client.query('select 1 from pg_database where datname = $1', [APPLICATION_DATABASE]);
    if (!database.rowCount) await client.query(`create database ${APPLICATION_DATABASE} owner ${APPLICATION_ROLE}`);
  } finally {
    await client.end();
  }
}
