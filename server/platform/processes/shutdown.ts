import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '#server/errors.ts';
import { log } from '#server/log.ts';

/**
 * Ends this process in order when it is told to (SIGTERM, SIGINT), or when the supervisor that started it is gone: a
 * supervisor that was killed can say nothing, but its channel closes. What fails unexpectedly ends the process with
 * code 1, and the supervisor starts it again.
 * @param end finishes and saves what is in hand; after `limitMs` the process ends anyway
 */
export function onShutdown(part: string, end: () => Promise<void>, limitMs = 3_500): void {
  let ending = false;
  const finish = async (reason: string, code: number) => {
    if (ending) return;
    ending = true;
    log.info({ part, reason }, 'ending');
    await Promise.race([
      end().catch((error: unknown) => log.error({ part, err: messageOf(error) }, 'the end was not orderly')),
      sleep(limitMs),
    ]);
    process.exit(code);
  };
  process.on('SIGTERM', () => void finish('SIGTERM', 0));
  process.on('SIGINT', () => void finish('SIGINT', 0));
  process.on('disconnect', () => void finish('the supervisor is gone', 0));
  process.on('uncaughtException', (error) => {
    log.fatal({ part, err: error.message, stack: error.stack }, 'an error nobody caught');
    void finish(error.message, 1);
  });
}

/** Tells the supervisor something for `.data/run.json`, such as the ids of processes of our own. */
export function reportRunInfo(info: Record<string, unknown>): void {
  if (process.connected) process.send?.({ type: 'run-info', info }, undefined, undefined, () => undefined);
}
