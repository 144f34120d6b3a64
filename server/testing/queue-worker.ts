import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { setDatabaseUrl } from '#server/platform/db/url.ts';
import { bindJob, defineJob } from '#server/platform/queue/queue.ts';
import { startRunner } from '#server/platform/queue/runner.ts';

/** A worker process of its own for the queue's tests, to be killed: writes what it does as lines into a file. */

export const slowJob = defineJob({
  name: 'test.slow',
  payload: z.object({ file: z.string(), ms: z.number() }),
  retryLimit: 0,
  lane: 'long',
});

if (process.argv[2]) {
  setDatabaseUrl(process.argv[2]);
  const handler = async (payload: z.infer<typeof slowJob.payload>) => {
    appendFileSync(payload.file, `start ${process.pid}\n`);
    await sleep(payload.ms);
    appendFileSync(payload.file, `end ${process.pid}\n`);
  };
  const runner = await startRunner({ bindings: [bindJob(slowJob, async () => ({ handler }))], places: { short: 1, long: 1 } });
  process.send?.('ready');
  process.on('SIGTERM', () => void runner.stop(500).then(() => process.exit(0)));
}
