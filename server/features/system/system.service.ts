import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { config } from '#server/config.ts';
import { countJobs, findFailedJobs, measureStorage } from '#server/features/system/system.repo.ts';
import type { DiskOutput } from '#server/features/system/system.schema.ts';
import { failureMessage, toProcessRow, toQueueRows } from '#server/features/system/system.view.ts';
import { db } from '#server/platform/db/client.ts';
import { listProcesses } from '#server/platform/processes/registry.ts';

/** Every process heard of in the last hour. */
export async function getProcesses() {
  return { processes: (await listProcesses()).map(toProcessRow) };
}

/** What waits, runs and has failed in each queue, with the last failures. */
export async function getQueue() {
  const [counts, failed] = await Promise.all([countJobs(db), findFailedJobs(db, 20)]);
  return {
    queues: toQueueRows(counts),
    failures: failed.map((job) => ({ id: job.id, name: job.name, at: job.at ?? new Date(0), error: failureMessage(job.output) })),
  };
}

/** How full the disk of the data folder is, and with what. */
export async function getDisk(): Promise<DiskOutput> {
  const [disk, storage, spool] = await Promise.all([statfs(config.dataDir), measureStorage(db), sizeOfFolder(config.spoolDir)]);
  return {
    folder: config.dataDir,
    totalBytes: disk.blocks * disk.bsize,
    freeBytes: disk.bavail * disk.bsize,
    parts: [
      { name: 'Objects', bytes: storage.objects, files: storage.objectCount, note: 'dataset versions, artifacts, uploads' },
      { name: 'Database', bytes: storage.database, files: null, note: 'people, runs, predictions, records' },
      { name: 'Spool', bytes: spool.bytes, files: spool.files, note: 'predictions on their way into the database' },
    ],
  };
}

/** Bytes and files below a folder; files that vanish meanwhile don't count, a folder that isn't there is empty. */
async function sizeOfFolder(folder: string): Promise<{ bytes: number; files: number }> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          (file) => file.size,
          () => 0,
        ),
      ),
  );
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), files: sizes.length };
}
