import { DomainError } from '#server/errors.ts';
import { runStage, STAGES, type StageResult } from './checks/stages.ts';
import { runCommand } from './run-command.ts';

/** `npm test`: every check of the project, or those that are named (`npm test -- unit browser`). */
await runCommand(async () => {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown)
    throw new DomainError('INVALID', `There is no stage "${unknown}": ${STAGES.map((stage) => stage.name).join(', ')}.`);
  const stages = STAGES.filter((stage) => !names.length || names.includes(stage.name));
  let stopped = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stopped = true;
    });
  }
  const results: StageResult[] = [];
  for (const stage of stages) {
    console.log(`· ${stage.name} …`);
    const result = await runStage(stage);
    results.push(result);
    if (result.counts.failed) console.log(`\n${result.output.trim()}\n`);
    console.log(`${result.counts.failed ? '✗' : '✓'} ${stage.name}: ${describe(result)}`);
    if (stopped) break;
  }
  const passed = results.reduce((sum, result) => sum + result.counts.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.counts.failed, 0) + (stopped ? 1 : 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed ? 1 : 0;
});

function describe({ counts, seconds }: StageResult): string {
  const skipped = counts.skipped ? `, ${counts.skipped} skipped` : '';
  return `${counts.passed} passed, ${counts.failed} failed${skipped} in ${seconds.toFixed(0)} s`;
}
