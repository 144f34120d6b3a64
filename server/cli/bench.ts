import { writeFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { DomainError } from '#server/errors.ts';
import type { BenchRow } from '../../bench/rows.ts';
import { option, runCommand } from './run-command.ts';

type Bench = () => Promise<BenchRow[]>;

const BENCHES: Record<string, () => Promise<{ run: Bench }>> = {
  gateway: () => import('../../bench/gateway.ts'),
  faults: () => import('../../bench/faults.ts'),
  registry: () => import('../../bench/registry.ts'),
};

/** `npm run bench -- NAME [--json FILE]`: the exit code tells only whether it could measure, not whether the figures please. */
await runCommand(async () => {
  const args = process.argv.slice(2);
  const load = BENCHES[args[0] ?? ''];
  if (!load) throw new DomainError('INVALID', `Name a bench: npm run bench -- ${Object.keys(BENCHES).join(' | ')}`);
  const { run } = await load();
  const rows = await run();
  const report = { bench: args[0], machine: machine(), rows };
  console.log(
    `\n${args[0]} on ${report.machine.cpu}, ${report.machine.cores} cores, Node ${report.machine.node}\n${table(rows)}`,
  );
  const file = option(args, 'json');
  if (file) writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  return rows.some((row) => row.value !== null) ? 0 : 1;
});

/** What the figures were measured on. */
function machine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.versions.node,
  };
}

function table(rows: BenchRow[]): string {
  const header = ['metric', 'value', 'unit', 'ratio', 'aim', 'ok', 'reference'];
  const lines = rows.map((row) => [
    row.metric,
    row.value === null ? 'not measured' : String(row.value),
    row.unit,
    row.ratio === null ? '' : row.ratio.toFixed(2),
    row.aim ?? '',
    row.ok === null ? '' : row.ok ? 'yes' : 'no',
    row.reference ?? '',
  ]);
  const widths = header.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)));
  return [header, ...lines]
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
