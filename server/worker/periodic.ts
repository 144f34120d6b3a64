import { messageOf } from '#server/errors.ts';
import { type Logger, log } from '#server/log.ts';
import { withAdvisoryLock } from '#server/platform/db/lock.ts';

/** Something that one worker of all does again and again: the rollout controller, a monitor's schedule, the sweep. */
export type PeriodicTask = {
  name: string;
  everyMs: number;
  /** Must be short, idempotent, and stop when the signal is aborted. */
  run(context: { signal: AbortSignal; log: Logger; now: Date }): Promise<void>;
};

/**
 * Runs each task at its interval, one at a time and in one worker of all. A task that fails is logged and runs again
 * at its next turn.
 * @returns a function that stops them and waits for those that are running
 */
export function startPeriodic(tasks: readonly PeriodicTask[]): () => Promise<void> {
  const controller = new AbortController();
  const running = new Map<string, Promise<void>>();
  const timers = tasks.map((task) => {
    const turn = () => {
      if (running.has(task.name) || controller.signal.aborted) return;
      running.set(
        task.name,
        runOnce(task, controller.signal).finally(() => running.delete(task.name)),
      );
    };
    turn();
    return setInterval(turn, task.everyMs);
  });
  return async () => {
    controller.abort();
    for (const timer of timers) clearInterval(timer);
    await Promise.all(running.values());
  };
}

async function runOnce(task: PeriodicTask, signal: AbortSignal): Promise<void> {
  const speak = log.child({ part: 'periodic', task: task.name });
  try {
    await withAdvisoryLock(`periodic:${task.name}`, () => task.run({ signal, log: speak, now: new Date() }));
  } catch (error) {
    if (!signal.aborted)
      speak.error(
        { err: messageOf(error), stack: error instanceof Error ? error.stack : undefined },
        'failed; it runs again at its next turn',
      );
  }
}
