import type { ExecutionProvider } from '#server/config.ts';
import type { ModelInfo } from '#server/inference/messages.ts';
import { ModelQueue } from '#server/inference/queue.ts';

/** One model of a pool: its file, what is known of it once loaded, and the requests that wait for it. */
export type ModelEntry = {
  name: string;
  path: string;
  info: ModelInfo | undefined;
  /** Providers that killed a process while loading this model: not tried again. */
  deadly: Map<ExecutionProvider, string>;
  loadDeaths: number;
  /** Batches of it that workers have in hand. */
  inHand: number;
  queue: ModelQueue;
  loaded: Promise<ModelInfo>;
  fail(error: Error): void;
  succeed(info: ModelInfo): void;
};

/** The models of a pool, asked in turn so that a busy one doesn't starve the others. */
export class Models {
  readonly #entries = new Map<string, ModelEntry>();
  #turn = 0;

  add(name: string, path: string): ModelEntry {
    const { promise, resolve, reject } = Promise.withResolvers<ModelInfo>();
    promise.catch(() => undefined);
    const entry: ModelEntry = {
      name,
      path,
      info: undefined,
      deadly: new Map(),
      loadDeaths: 0,
      inHand: 0,
      queue: new ModelQueue(),
      loaded: promise,
      fail: reject,
      succeed: resolve,
    };
    this.#entries.set(name, entry);
    return entry;
  }

  get(name: string): ModelEntry | undefined {
    return this.#entries.get(name);
  }

  remove(name: string): ModelEntry | undefined {
    const entry = this.#entries.get(name);
    this.#entries.delete(name);
    return entry;
  }

  all(): ModelEntry[] {
    return [...this.#entries.values()];
  }

  /** All models, beginning with another one each time. */
  inTurn(): ModelEntry[] {
    const all = this.all();
    this.#turn = (this.#turn + 1) % Math.max(1, all.length);
    return [...all.slice(this.#turn), ...all.slice(0, this.#turn)];
  }

  hasWaiting(): boolean {
    for (const entry of this.#entries.values()) if (entry.queue.length > 0) return true;
    return false;
  }

  /** A worker holds the model: the providers that killed others are refusals too. */
  accept(entry: ModelEntry, info: ModelInfo): void {
    const deaths = [...entry.deadly].map(([provider, reason]) => ({ provider, reason }));
    entry.info = { ...info, refusals: [...deaths, ...info.refusals] };
    entry.succeed(entry.info);
  }
}
