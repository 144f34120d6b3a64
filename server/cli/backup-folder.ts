import { createHash } from 'node:crypto';
import { constants, createReadStream, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chmod, copyFile, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { config } from '#server/config.ts';
import { DomainError } from '#server/errors.ts';
import { dumpDatabase } from '#server/platform/db/dump.ts';
import { loadDatabase } from '#server/platform/db/load.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { migrationNames } from '#server/platform/db/migrations.ts';
import { installQueue } from '#server/platform/queue/boss.ts';
import { pathOf } from '#server/platform/storage/objects.ts';

/** A backup is a folder: `manifest.json` (written last, so that one cut off has none), `tables/`, `objects/`, and files of the data folder. */
const manifest = z.object({
  format: z.literal(1),
  createdAt: z.string(),
  tables: z.array(z.object({ schema: z.string(), table: z.string(), columns: z.array(z.string()), rows: z.number() })),
  sequences: z.array(z.object({ schema: z.string(), name: z.string(), value: z.string() })),
  migrations: z.array(z.string()),
  queueVersion: z.number().nullable(),
  objects: z.array(z.string()),
});
export type Manifest = z.infer<typeof manifest>;

/** Small files of the data folder that a restored installation needs: its secret, and the demo's sign-ins. */
const FILES = ['secret', 'demo.json'];

/** Writes a whole backup of the database at `url` and of the object store, while everything goes on running. */
export async function writeBackup(url: string, folder: string, now: Date, say: (line: string) => void): Promise<Manifest> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (readdirSync(folder).length) throw new DomainError('CONFLICT', `${folder} is not empty: name a new folder for the backup.`);
  const dump = await dumpDatabase(url, join(folder, 'tables'));
  say(`database: ${dump.tables.length} tables, ${dump.tables.reduce((sum, table) => sum + table.rows, 0)} rows`);
  for (const [index, key] of dump.objects.entries()) {
    await copyObject(pathOf(key), backupPath(folder, key), key);
    if (index % 500 === 499) say(`objects: ${index + 1} of ${dump.objects.length}`);
  }
  say(`objects: ${dump.objects.length}`);
  for (const name of FILES) await copyPrivate(join(config.dataDir, name), join(folder, name));
  const whole: Manifest = { format: 1, createdAt: now.toISOString(), ...dump };
  writeFileSync(join(folder, 'manifest.json.new'), JSON.stringify(whole), { mode: 0o600 });
  await rename(join(folder, 'manifest.json.new'), join(folder, 'manifest.json'));
  return whole;
}

/** Reads what a backup holds. @throws DomainError INVALID when the folder holds no whole one, CONFLICT when it is newer than the code */
export function readManifest(folder: string): Manifest {
  const file = join(folder, 'manifest.json');
  if (!existsSync(file))
    throw new DomainError('INVALID', `${folder} holds no whole backup: manifest.json, which is written last, is missing.`);
  const parsed = manifest.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new DomainError('INVALID', `${file} can't be read by this version.`);
  const unknown = parsed.data.migrations.filter((name) => !migrationNames().includes(name));
  if (unknown.length)
    throw new DomainError(
      'CONFLICT',
      `The backup is newer than this code (${unknown[0]}): update the code (git pull), then restore.`,
    );
  return parsed.data;
}

/** Fills an empty database and the object store from a backup, then brings the schema up to this code. */
export async function readBackup(url: string, folder: string, say: (line: string) => void): Promise<void> {
  const whole = readManifest(folder);
  await migrate(url, undefined, whole.migrations);
  await installQueue();
  for (const key of whole.objects) await copyObject(backupPath(folder, key), pathOf(key), key);
  say(`objects: ${whole.objects.length}`);
  const loaded = await loadDatabase(url, join(folder, 'tables'), whole);
  for (const name of FILES) await copyPrivate(join(folder, name), join(config.dataDir, name));
  say(`database: ${loaded.tables} tables as of ${whole.createdAt}`);
  if (loaded.queueLeftOut) say('jobs that were waiting belong to another version of the queue and were left out');
  await migrate(url);
}

function backupPath(folder: string, key: string): string {
  return join(folder, 'objects', key.slice(0, 2), key);
}

/** Copies an object under a temporary name and checks it against its key. */
async function copyObject(from: string, to: string, key: string): Promise<void> {
  if (existsSync(to)) return;
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await copyFile(from, `${to}.new`, constants.COPYFILE_FICLONE).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new DomainError('INVALID', `Object ${key} is missing in ${dirname(from)}.`);
  });
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(`${to}.new`)) hash.update(chunk as Buffer);
  if (hash.digest('hex') !== key) throw new DomainError('INVALID', `Object ${key} is damaged in ${dirname(from)}.`);
  await rename(`${to}.new`, to);
}

async function copyPrivate(from: string, to: string): Promise<void> {
  if (!existsSync(from)) return;
  await copyFile(from, to);
  await chmod(to, 0o600);
}
