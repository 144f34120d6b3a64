import { config } from '#server/config.ts';
import { DomainError } from '#server/errors.ts';
import { closeDatabase } from '#server/platform/db/client.ts';
import { setDatabaseUrl } from '#server/platform/db/url.ts';
import { findEmbedded, makeDataFolder, startEmbedded } from '#server/platform/postgres/embedded.ts';
import { lockDataFolder, lockOwner } from '#server/platform/processes/data-lock.ts';

/**
 * Gives a command the database: the one that DATABASE_URL names, the embedded one that runs, or the embedded one
 * started for as long as the command takes.
 */
export async function withDatabase<T>(what: string, fn: (url: string) => Promise<T>): Promise<T> {
  if (config.databaseUrl) return use(config.databaseUrl, fn);
  if (lockOwner(config.dataDir)) {
    const running = await findEmbedded(config.dataDir);
    if (running) return use(running.url, fn);
    throw new DomainError(
      'UNAVAILABLE',
      `Another command uses ${config.dataDir} and its database isn't up: try again in a moment.`,
    );
  }
  makeDataFolder(config.dataDir);
  const unlock = lockDataFolder(config.dataDir, what);
  try {
    const embedded = await startEmbedded(config.dataDir);
    try {
      return await use(embedded.url, fn);
    } finally {
      await embedded.stop();
    }
  } finally {
    unlock();
  }
}

async function use<T>(url: string, fn: (url: string) => Promise<T>): Promise<T> {
  setDatabaseUrl(url);
  try {
    return await fn(url);
  } finally {
    await closeDatabase();
  }
}
