import { DomainError } from '#server/errors.ts';
import { createMigration } from './create-migration.ts';
import { option, runCommand, say } from './run-command.ts';
import { prepareDatabase } from './supervisor/database.ts';
import { withDatabase } from './with-database.ts';

/** `npm run migrate` brings the database to this code; `-- --create NAME` writes a new migration from the schema. */
await runCommand(async () => {
  const args = process.argv.slice(2);
  if (args.includes('--create')) {
    const name = option(args, 'create');
    if (!name) throw new DomainError('INVALID', 'Name the migration: npm run migrate -- --create add_something');
    const file = await createMigration(name, new Date());
    say(file ? `written: ${file}` : 'the schema has nothing that the migrations lack');
    return;
  }
  await withDatabase('npm run migrate', (url) => prepareDatabase(url, say));
  say('the database has the schema of this code');
});
