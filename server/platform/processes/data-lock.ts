import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '#server/errors.ts';
import { startMark } from './alive.ts';

/** Who works on a data folder. `mark` tells a process from a later one with the same id. */
export type LockOwner = { pid: number; mark: string; what: string };

const fileOf = (dataDir: string) => join(dataDir, 'lock');

/** The living owner of a data folder. */
export function lockOwner(dataDir: string): LockOwner | undefined {
  try {
    const owner = JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as LockOwner;
    return owner.mark !== '' && startMark(owner.pid) === owner.mark ? owner : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes the data folder for this process: two embedded databases on one folder would destroy it. The lock of an
 * owner that was killed is taken over.
 * @param what names the command, for the message that a second one shows
 * @returns the function that gives it back
 * @throws DomainError CONFLICT when another process has it
 */
export function lockDataFolder(dataDir: string, what: string): () => void {
  const file = fileOf(dataDir);
  const mine = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, mark: startMark(process.pid), what } satisfies LockOwner), {
    mode: 0o600,
  });
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      try {
        linkSync(mine, file);
        return () => {
          if (lockOwner(dataDir)?.pid === process.pid) rmSync(file, { force: true });
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const owner = lockOwner(dataDir);
      if (owner)
        throw new DomainError('CONFLICT', `The data folder ${dataDir} is in use by \`${owner.what}\` (process ${owner.pid}).`, {
          owner,
        });
      // Renaming takes the dead lock away for one of those who try; a living one that came in between is put back.
      try {
        renameSync(file, `${mine}.dead`);
        rmSync(`${mine}.dead`, { force: true });
      } catch {
        // Another was quicker.
      }
    }
    throw new DomainError('CONFLICT', `The data folder ${dataDir} is being taken by another command: try again.`);
  } finally {
    rmSync(mine, { force: true });
  }
}
