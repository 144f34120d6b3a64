import { resolve } from 'node:path';
import { DomainError } from '#server/errors.ts';
import { readBackup, readManifest } from './backup-folder.ts';
import { runCommand, say } from './run-command.ts';
import { withRecordReleased } from './supervisor/database.ts';
import { withDatabase } from './with-database.ts';

/** `npm run restore -- FOLDER`: a backup into an empty database and object store. */
await runCommand(async () => {
  const name = process.argv[2];
  if (!name) throw new DomainError('INVALID', 'Name the folder of a backup: npm run restore -- FOLDER');
  const folder = resolve(name);
  readManifest(folder);
  await withDatabase('npm run restore', (url) => withRecordReleased(true, () => readBackup(url, folder, say)));
  say('restored; start with npm start');
});
