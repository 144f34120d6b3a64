import { startedByNpm } from './child-env.ts';

const LOOK_MS = 500;

/**
 * A signal that is aborted when this command shall end: Ctrl-C, SIGTERM, a closed terminal. npm hands SIGTERM to the
 * shell between us and it, which dies of it and tells us nothing; so an npm that is gone counts too.
 */
export function endingSignal(): AbortSignal {
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ending.abort());
  if (startedByNpm()) {
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid !== parent) ending.abort();
    }, LOOK_MS);
    timer.unref();
  }
  return ending.signal;
}
