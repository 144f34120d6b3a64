import { expect, it, vi } from 'vitest';
import { InferencePool } from '#server/inference/pool.ts';
import { log } from '#server/log.ts';
import { spamGraph, writeTemporary } from '#server/testing/graphs.ts';

const CALLERS = 64;
const KILLS = 8;

// Real child processes, killed with SIGKILL while 64 callers wait for answers.
it('loses no request and gives no wrong answer while its workers are killed', async () => {
  const pool = new InferencePool({ workers: 2, providers: ['cpu'], threads: 1, log: log.child({}, { level: 'error' }) });
  await pool.load('spam', writeTemporary('spam.onnx', spamGraph()));
  let stop = false;
  let kills = 0;
  const tally = { right: 0, wrong: 0, failed: 0 };
  let answeredAtKill = 0;
  // Every caller has an answer between two kills, so that no request rightly dies for meeting three of them on a slow machine.
  const killer = setInterval(() => {
    const victim = pool.stats().workers.find((worker) => worker.ready && worker.inHand > 0);
    if (!victim?.pid || tally.right - answeredAtKill < 2 * CALLERS) return;
    process.kill(victim.pid, 'SIGKILL');
    answeredAtKill = tally.right;
    kills++;
  }, 150);

  async function call(client: number): Promise<void> {
    for (let i = 0; !stop; i++) {
      const spam = (client + i) % 2 === 0;
      const data = [`${spam ? 'win money' : 'the meeting'} ${client} ${i}`];
      const answer = await pool
        .run('spam', { body: { datatype: 'BYTES', shape: [1], data } }, 1, { timeoutMs: 15_000 })
        .catch(() => undefined);
      if (!answer) tally.failed++;
      else if (answer.outputs.label?.data[0] === (spam ? 'spam' : 'ham')) tally.right++;
      else tally.wrong++;
    }
  }
  const clients = Array.from({ length: CALLERS }, (_, client) => call(client));
  await vi.waitUntil(() => kills >= KILLS && tally.right > 1_000, { timeout: 30_000, interval: 50 });
  clearInterval(killer);
  stop = true;
  await Promise.all(clients);
  const stats = pool.stats();
  await pool.close();

  expect(tally).toMatchObject({ wrong: 0, failed: 0 });
  expect(tally.right).toBeGreaterThan(1_000);
  expect(stats.restarts).toBeGreaterThanOrEqual(kills);
  expect(stats.reruns).toBeGreaterThan(0);
}, 40_000);
