import { setTimeout as sleep } from 'node:timers/promises';
import { config } from '#server/config.ts';
import { messageOf } from '#server/errors.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { setDatabaseUrl } from '#server/platform/db/url.ts';
import { type EmbeddedDatabase, startEmbedded } from '#server/platform/postgres/embedded.ts';
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
  const applied = await migrate(url, () => say('waiting for another process that migrates the database'));
  await installQueue();
  if (applied.length) say(`database schema: ${applied.length} migration${applied.length === 1 ? '' : 's'} applied`);
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
