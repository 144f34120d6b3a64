import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { log } from '#server/log.ts';
import { deleteUnowned, isRegistered } from './catalog.ts';
import { pathOf, sweepTemporary, temporaryFolder } from './objects.ts';

const GRACE_SECONDS = 24 * 3600;
const BATCH = 500;

/**
 * Removes objects that no row owns, after a grace time in which a writer may still take what it has just stored.
 * @returns how many objects and bytes went
 */
export async function sweepObjects(graceSeconds = GRACE_SECONDS): Promise<{ removed: number; bytes: number }> {
  let removed = 0;
  let bytes = 0;
  for (;;) {
    const batch = await deleteUnowned(graceSeconds, BATCH);
    for (const object of batch) {
      if (await removeFile(object.key)) {
        removed += 1;
        bytes += object.size;
      }
    }
    if (batch.length < BATCH) break;
  }
  await sweepTemporary(graceSeconds * 1000);
  if (removed) log.info({ part: 'storage', removed, bytes }, 'objects without an owner were removed');
  return { removed, bytes };
}

/**
 * The same bytes may be stored anew at this very moment. A writer makes the row first and names the file after; so the
 * file is put aside, and goes only when there is still no row.
 */
async function removeFile(key: string): Promise<boolean> {
  const path = pathOf(key);
  const aside = join(temporaryFolder(), `swept-${randomUUID()}`);
  await mkdir(temporaryFolder(), { recursive: true, mode: 0o700 });
  try {
    await rename(path, aside);
  } catch {
    return false;
  }
  if (await isRegistered(key)) {
    await rename(aside, path);
    return false;
  }
  await rm(aside, { force: true });
  return true;
}
