/** What the balancer needs to know of a worker. */
export type WorkerLoad = { inHand: number; rowsInHand: number; holds(model: string): boolean };

export type Pick<W> = { worker: W } | { claim: W } | undefined;

/**
 * Chooses the worker for the next batch of a model: the one with the fewest batches in hand, below the limit. A worker
 * that is busy gets a further batch only when at least as much waits as it has in hand: so batches grow with the load,
 * and each costs one message and one run however many rows it has.
 * A request that must run alone gets an idle worker, or claims the least busy one: it takes nothing else until idle.
 */
export function pickWorker<W extends WorkerLoad>(
  workers: readonly W[],
  o: { model: string; waiting: number; alone: boolean; maxInHand: number; claimed: ReadonlySet<W> },
): Pick<W> {
  let best: W | undefined;
  for (const worker of workers) {
    if (o.claimed.has(worker) || !worker.holds(o.model)) continue;
    if (!best || worker.inHand < best.inHand) best = worker;
  }
  if (!best) return undefined;
  if (o.alone) return best.inHand === 0 ? { worker: best } : { claim: best };
  if (best.inHand === 0) return { worker: best };
  return best.inHand < o.maxInHand && o.waiting >= best.rowsInHand ? { worker: best } : undefined;
}

/** Fewer rows than this are not worth two runs. */
const SPLIT_ROWS = 16;

/**
 * Rows of the next batch at most. What waits is shared out over the idle workers and one batch more, which waits at one of
 * them: if all went at once, everyone would wait for that one run, then its answers would all be written while nothing
 * runs, and the callers' next requests would come as one again.
 */
export function batchRows(o: { waiting: number; idle: number; maxBatch: number }): number {
  if (o.idle === 0 || o.waiting < SPLIT_ROWS) return o.maxBatch;
  return Math.min(o.maxBatch, Math.ceil(o.waiting / (o.idle + 1)));
}

/**
 * Milliseconds to wait before a dead worker's successor starts. One that had worked is replaced at once, since what it
 * had in hand waits; one that died before it could work backs off, doubling from 50 ms to 5 s.
 */
export function restartDelay(failedStarts: number): number {
  if (failedStarts === 0) return 0;
  return Math.min(5_000, 50 * 2 ** (failedStarts - 1));
}
