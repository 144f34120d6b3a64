import { config } from '#server/config.ts';
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
 * So many tasks run at once. Each holds a connection for its lock and needs others for its work: with as many tasks as
 * connections all would wait for each other.
 */
const AT_ONCE = Math.max(1, Math.floor(config.databasePool / 3));

/**
 * Runs each task at its interval, one at a time and in one worker of all. A task that fails is logged and runs again
 * at its next turn.
 * @returns a function that stops them and waits for those that are running
 */
export function startPeriodic(tasks: readonly PeriodicTask[]): () => Promise<void> {
  const controller = new AbortController();
  const running = new Map<string, Promise<void>>();
  const inTurn = places(AT_ONCE);
  const timers = tasks.map((task) => {
    const turn = () => {
      if (running.has(task.name) || controller.signal.aborted) return;
      running.set(
        task.name,
        inTurn(() => runOnce(task, controller.signal)).finally(() => running.delete(task.name)),
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

/** Lets at most `count` run at once; the others wait in the order in which they came. */
function places(count: number): (work: () => Promise<void>) => Promise<void> {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

async function runOnce(task: PeriodicTask, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
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
