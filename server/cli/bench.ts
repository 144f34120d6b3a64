import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '#server/errors.ts';
import { describeMachine } from './bench/machine.ts';
import type { Bench } from './bench/report.ts';
import { formatTable, toReport } from './bench/report.ts';
import { option, runCommand, say } from './run-command.ts';

/** `npm run bench -- NAME [--json FILE]`: the code says only whether it could measure, not whether the figures please. */
await runCommand(async () => {
  const args = process.argv.slice(2);
  const folder = join(import.meta.dirname, 'bench');
  const names = readdirSync(folder).flatMap((file) => /^([\w-]+)\.bench\.ts$/.exec(file)?.[1] ?? []);
  const name = args[0];
  if (!name || !names.includes(name)) throw new DomainError('INVALID', `Name a bench: npm run bench -- ${names.join(' | ')}`);
  const { bench } = (await import(join(folder, `${name}.bench.ts`))) as { bench: Bench };
  const rows = await bench({ say, args: args.slice(1) });
  const report = toReport(name, describeMachine(), rows);
  console.log(formatTable(report));
  const file = option(args, 'json');
  if (file) writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  return rows.some((row) => row.value !== null) ? 0 : 1;
});
