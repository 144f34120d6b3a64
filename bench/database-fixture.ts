import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { config } from '#server/config.ts';
import { closeDatabase } from '#server/platform/db/client.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { setDatabaseUrl } from '#server/platform/db/url.ts';
import { startThrowaway } from '#server/platform/postgres/throwaway.ts';
import { installQueue } from '#server/platform/queue/boss.ts';

/** A database and a store of objects of this bench's own, gone after it. */
export type DatabaseFixture = { folder: string; url: string; stop(): Promise<void> };

export async function startDatabase(): Promise<DatabaseFixture> {
  const folder = mkdtempSync(join(tmpdir(), 'stagecraft-bench-'));
  config.dataDir = folder;
  config.objectsDir = join(folder, 'objects');
  const postgres = await startThrowaway();
  const url = postgres.adminUrl();
  await migrate(url);
  setDatabaseUrl(url);
  await installQueue();
  return {
    folder,
    url,
    stop: async () => {
      await closeDatabase();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
