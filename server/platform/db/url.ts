import { config } from '#server/config.ts';
import { DomainError } from '#server/errors.ts';

let chosen: string | undefined = config.databaseUrl;

/** Names the database of this process, before its first query. Commands that start the embedded server call it. */
export function setDatabaseUrl(url: string): void {
  chosen = url;
}

/**
 * The connection string of this process.
 * @throws DomainError UNAVAILABLE when neither DATABASE_URL nor a command has named one.
 */
export function databaseUrl(): string {
  if (chosen) return chosen;
  throw new DomainError('UNAVAILABLE', 'No database is named: start with `npm start`, or set DATABASE_URL.');
}
