import { setTimeout as sleep } from 'node:timers/promises';
import { config } from '#server/config.ts';
import { messageOf } from '#server/errors.ts';
import { migrate, migrationState } from '#server/platform/db/migrate.ts';
import { setDatabaseUrl } from '#server/platform/db/url.ts';
import { type EmbeddedDatabase, embeddedAdminUrl, startEmbedded } from '#server/platform/postgres/embedded.ts';
import { protectRecord, releaseRecord } from '#server/platform/postgres/protect.ts';
import { installQueue } from '#server/platform/queue/boss.ts';

export type Database = { url: string; embedded: EmbeddedDatabase | undefined };

/** The database that the settings name, or else the embedded one, started and kept running by this process. */
export async function openDatabase(o: { say(line: string): void; onChange(): void }): Promise<Database> {
  const embedded = config.databaseUrl
    ? undefined
    : await startEmbedded(config.dataDir, { onExit: (restart) => void bringBack(restart, o) });
  const url = config.databaseUrl ?? (embedded as EmbeddedDatabase).url;
  setDatabaseUrl(url);
  return { url, embedded };
}

/** Brings a database to this code's schema, the queue's included. */
export async function prepareDatabase(url: string, say: (line: string) => void): Promise<void> {
  const { pending } = await migrationState(url);
  const applied = await withRecordReleased(pending.length > 0, async () => {
    const done = await migrate(url, () => say('waiting for another process that migrates the database'));
    await installQueue();
    return done;
  });
  if (applied.length) say(`database schema: ${applied.length} migration${applied.length === 1 ? '' : 's'} applied`);
}

/**
 * Runs what needs to own the tables of the record, and protects them afterwards. With a database of one's own
 * (DATABASE_URL) roles are for its owner to set: docs/record.md says how, `npm run doctor` whether it holds.
 * @param release false when `fn` will not touch them, so that they stay protected meanwhile
 */
export async function withRecordReleased<T>(release: boolean, fn: () => Promise<T>): Promise<T> {
  const admin = config.databaseUrl ? undefined : embeddedAdminUrl(config.dataDir);
  if (!admin) return fn();
  if (release) await releaseRecord(admin);
  try {
    return await fn();
  } finally {
    if ((await migrationState(admin)).pending.length === 0) await protectRecord(admin);
  }
}

async function bringBack(restart: () => Promise<void>, o: { say(line: string): void; onChange(): void }): Promise<void> {
  o.say('the database ended; it starts again');
  for (let wait = 500; ; wait = Math.min(wait * 2, 15_000)) {
    try {
      await restart();
      o.onChange();
      return;
    } catch (error) {
      o.say(`the database does not start: ${messageOf(error)}; trying again in ${wait / 1000} s`);
      await sleep(wait);
    }
  }
}
