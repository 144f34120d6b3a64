import { resolve } from 'node:path';
import { DomainError } from '#server/errors.ts';
import { writeBackup } from './backup-folder.ts';
import { runCommand, say } from './run-command.ts';
import { withDatabase } from './with-database.ts';

/** `npm run backup -- FOLDER`: database and objects as of one moment, while Stagecraft may go on running. */
await runCommand(async () => {
  const name = process.argv[2];
  if (!name) throw new DomainError('INVALID', 'Name a new folder: npm run backup -- FOLDER');
  const folder = resolve(name);
  await withDatabase('npm run backup', (url) => writeBackup(url, folder, new Date(), say));
  say(`backup written to ${folder}; it holds the installation's secret, so keep it private`);
});
