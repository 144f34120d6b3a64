import { config } from '#server/config.ts';
import { log } from '#server/log.ts';
import { closeDatabase } from '#server/platform/db/client.ts';
import { registerProcess, unregisterProcess } from '#server/platform/processes/registry.ts';
import { onShutdown } from '#server/platform/processes/shutdown.ts';
import { startRunner } from '#server/platform/queue/runner.ts';
import { sweepObjects } from '#server/platform/storage/sweep.ts';
import { type PeriodicTask, startPeriodic } from './periodic.ts';
import { jobBindings, periodic } from './registry.ts';

const SHORT_PLACES = 4;
const sweep: PeriodicTask = { name: 'sweep objects', everyMs: 3_600_000, run: async () => void (await sweepObjects()) };

const runner = await startRunner({ bindings: jobBindings, places: { short: SHORT_PLACES, long: config.jobConcurrency } });
const stopPeriodic = startPeriodic([...periodic, sweep]);
await registerProcess({
  kind: 'worker',
  info: { places: { short: SHORT_PLACES, long: config.jobConcurrency }, jobs: jobBindings.length },
});
log.info({ part: 'worker', jobs: jobBindings.map((binding) => binding.definition.name) }, 'working');

onShutdown('worker', async () => {
  await Promise.all([runner.stop(2_500), stopPeriodic()]);
  await unregisterProcess();
  await closeDatabase();
});
