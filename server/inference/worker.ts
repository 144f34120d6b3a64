import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { config } from '#server/config.ts';
import type { FromChild, LoadMessage, ToChild } from '#server/inference/messages.ts';
import type { Item } from '#server/inference/queue.ts';
import type { Tensors } from '#server/inference/tensors.ts';

export type Batch = { id: number; model: string; items: Item[]; startedAt: number; rows: number; isolated: boolean };

export type WorkerEvents = {
  onMessage(worker: InferenceWorker, message: Exclude<FromChild, { type: 'ready' }>): void;
  onReady(worker: InferenceWorker): void;
  /** What the child wrote to standard error: the runtime's own words. */
  onNoise(worker: InferenceWorker, text: string): void;
  onExit(worker: InferenceWorker, reason: string): void;
};

/** The parent's side of one child process: what it holds and what it has in hand. */
export class InferenceWorker {
  readonly held = new Set<string>();
  /** The attempt under way, in order to know what killed a child that dies while it loads. */
  trying: Extract<FromChild, { type: 'trying' }> | undefined;
  ready = false;
  answered = 0;
  readonly #child: ChildProcess;
  readonly #batches = new Map<number, Batch>();
  #gone = false;

  constructor(events: WorkerEvents) {
    this.#child = fork(/* turbopackIgnore: true */ childModule(), [], {
      serialization: 'advanced',
      execArgv: [],
      env: childEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => events.onNoise(this, chunk.toString().trim()));
    const gone = (reason: string) => {
      if (this.#gone) return;
      this.#gone = true;
      this.ready = false;
      events.onExit(this, reason);
    };
    this.#child.on('error', (error) => gone(error.message));
    this.#child.on('exit', (code, signal) => gone(signal ? `killed by ${signal}` : `ended with code ${code}`));
    this.#child.on('message', (message: FromChild) => {
      if (message.type !== 'ready') {
        events.onMessage(this, message);
        return;
      }
      this.ready = true;
      events.onReady(this);
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get inHand(): number {
    return this.#batches.size;
  }

  get rowsInHand(): number {
    let rows = 0;
    for (const batch of this.#batches.values()) rows += batch.rows;
    return rows;
  }

  /** True while a request that must be alone is in hand. */
  get isolated(): boolean {
    for (const batch of this.#batches.values()) if (batch.isolated) return true;
    return false;
  }

  holds(model: string): boolean {
    return this.ready && this.held.has(model);
  }

  load(message: Omit<LoadMessage, 'type'>): void {
    this.#send({ type: 'load', ...message });
  }

  unload(model: string): void {
    this.held.delete(model);
    this.#send({ type: 'unload', model });
  }

  run(batch: Batch, inputs: Tensors): void {
    this.#batches.set(batch.id, batch);
    this.#send({ type: 'run', batch: batch.id, model: batch.model, inputs });
  }

  /** Takes a batch out of the worker's hands once it is answered. */
  finish(id: number): Batch | undefined {
    const batch = this.#batches.get(id);
    this.#batches.delete(id);
    return batch;
  }

  /** Everything in hand, oldest first; the worker forgets it. */
  takeAll(): Batch[] {
    const all = [...this.#batches.values()];
    this.#batches.clear();
    return all;
  }

  /** Requests in hand whose time is over. Their run goes on; its answer comes too late for them. */
  overdue(now: number): Item[] {
    const late: Item[] = [];
    for (const batch of this.#batches.values()) {
      for (const item of batch.items) if (!item.done && item.deadline <= now) late.push(item);
    }
    return late;
  }

  oldestStart(): number | undefined {
    return this.#batches.values().next().value?.startedAt;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Lets the child end by itself, once what it was told before is done. */
  disconnect(): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  #send(message: ToChild): void {
    if (this.#gone || !this.#child.connected) return;
    // A send to a dying child fails here or by `exit`; either way the batch is still in hand and will run again.
    this.#child.send(message, () => undefined);
  }
}

/** Nothing but where CUDA's libraries may lie: a child that runs strangers' graphs knows no secret. */
function childEnvironment(): NodeJS.ProcessEnv {
  return { NODE_ENV: 'production', ...(config.libraryPath ? { LD_LIBRARY_PATH: config.libraryPath } : {}) };
}

/** By path and not by `import.meta`, which the console's bundler would rewrite. Every process starts in the root. */
function childModule(): string {
  return join(process.cwd(), 'server', 'inference', 'child.ts');
}
