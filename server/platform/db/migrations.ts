import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where the migrations of this code lie. */
export const MIGRATIONS = join(import.meta.dirname, '..', '..', '..', 'prisma', 'migrations');

/** Names of the migrations of this code, oldest first. */
export function migrationNames(): string[] {
  return readdirSync(MIGRATIONS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
