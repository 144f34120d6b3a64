import type { ExecutionProvider } from '#server/config.ts';
import { DomainError } from '#server/errors.ts';
import { batchRows, pickWorker, restartDelay } from '#server/inference/balancer.ts';
import { joinInputs, joinOutputs, shapeKeyOf, sliceOutputs, splitRows } from '#server/inference/batch.ts';
import type { FromChild, ModelInfo } from '#server/inference/messages.ts';
import { Models } from '#server/inference/models.ts';
import type { Answer, Item } from '#server/inference/queue.ts';
import type { Tensors } from '#server/inference/tensors.ts';
import { type Batch, InferenceWorker } from '#server/inference/worker.ts';
import type { Logger } from '#server/log.ts';

export type PoolOptions = {
  workers: number;
  providers: ExecutionProvider[];
  /** Threads of one run. */
  threads: number;
  log: Logger;
  /** Rows of one run at most. */
  maxBatch?: number;
  /** Runs that one worker has in hand at most: the second waits there, so that no worker idles between two. */
  maxInHand?: number;
  /** Requests of one model that may wait. */
  maxWaiting?: number;
  /** A worker that answers no run within this time is ended and replaced. */
  hangMs?: number;
};

const SWEEP_MS = 50;
const DEATHS_ALLOWED = 3;
const LOAD_DEATHS_ALLOWED = 2;

/**
 * Child processes that hold models and answer batches. A child that dies takes no request with it: what it had in hand
 * goes back to the head of the queue; after a second death each such request runs alone on an idle worker; after a
 * third that request fails, and only that one.
 */
export class InferencePool {
  readonly #o: Required<PoolOptions>;
  readonly #models = new Models();
  readonly #workers: InferenceWorker[] = [];
  readonly #sweeper: NodeJS.Timeout;
  #failedStarts = 0;
  #restarts = 0;
  #reruns = 0;
  #rows = 0;
  #batches = 0;
  #nextBatch = 1;
  #scheduled = false;
  #closing = false;

  constructor(options: PoolOptions) {
    this.#o = { maxBatch: 64, maxInHand: 2, maxWaiting: 4_096, hangMs: 60_000, ...options };
    for (let i = 0; i < options.workers; i++) this.#start();
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_MS);
    this.#sweeper.unref();
  }

  /**
   * Loads a model on every worker; resolves when the first one holds it. Loading a name again changes nothing.
   * @throws DomainError UNSUPPORTED with the reason in plain words when no provider takes the file
   */
  load(model: string, path: string): Promise<ModelInfo> {
    const known = this.#models.get(model);
    if (known) return known.loaded;
    const entry = this.#models.add(model, path);
    for (const worker of this.#workers) if (worker.ready) this.#loadOn(worker, model);
    return entry.loaded;
  }

  /** Forgets a model; requests of it that still wait fail, so unload only what gets none any more. */
  unload(model: string): void {
    const entry = this.#models.remove(model);
    for (const worker of this.#workers) worker.unload(model);
    for (const item of entry?.queue.drain(() => true) ?? []) settle(item, unavailable('The model was unloaded.'));
  }

  info(model: string): ModelInfo | undefined {
    return this.#models.get(model)?.info;
  }

  /** True while requests of the model wait or run. */
  busy(model: string): boolean {
    const entry = this.#models.get(model);
    return entry !== undefined && (entry.queue.length > 0 || entry.inHand > 0);
  }

  /**
   * Runs a model on `rows` rows, in a batch with others' rows.
   * @throws DomainError UNAVAILABLE (not loaded, queue full), TIMEOUT, INTERNAL (`details.reason` MODEL_FAILED or MODEL_CRASHED)
   */
  async run(model: string, inputs: Tensors, rows: number, o: { timeoutMs: number }): Promise<Answer> {
    const info = this.#models.get(model)?.info;
    if (!info || this.#closing) throw unavailable('The model is not loaded here.');
    if (rows <= this.#o.maxBatch) return this.#submit(model, inputs, rows, info, o.timeoutMs);
    const parts = splitRows(inputs, rows, info, this.#o.maxBatch);
    if (parts.length === 1) return this.#submit(model, inputs, rows, info, o.timeoutMs);
    const answers = await Promise.all(parts.map((part) => this.#submit(model, part.inputs, part.rows, info, o.timeoutMs)));
    return {
      outputs: joinOutputs(answers.map((answer) => answer.outputs)),
      queueMs: Math.max(...answers.map((answer) => answer.queueMs)),
      runMs: answers.reduce((sum, answer) => sum + answer.runMs, 0),
      batchRows: Math.max(...answers.map((answer) => answer.batchRows)),
    };
  }

  stats() {
    return {
      workers: this.#workers.map((w) => ({ pid: w.pid ?? null, ready: w.ready, inHand: w.inHand, answered: w.answered })),
      models: this.#models.all().map((m) => ({
        model: m.name,
        provider: m.info?.provider ?? null,
        refusals: m.info?.refusals ?? [],
        waiting: m.queue.length,
        inHand: m.inHand,
      })),
      restarts: this.#restarts,
      reruns: this.#reruns,
      batches: this.#batches,
      rows: this.#rows,
    };
  }

  /** Answers what waits (for at most `graceMs`), then ends the children. */
  async close(graceMs = 2_000): Promise<void> {
    const until = performance.now() + graceMs;
    while (this.#models.all().some((m) => this.busy(m.name)) && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    this.#closing = true;
    clearInterval(this.#sweeper);
    for (const entry of this.#models.all()) this.unload(entry.name);
    for (const worker of this.#workers) {
      for (const batch of worker.takeAll()) for (const item of batch.items) settle(item, unavailable('The gateway is stopping.'));
      worker.disconnect();
    }
  }

  #submit(model: string, inputs: Tensors, rows: number, info: ModelInfo, timeoutMs: number): Promise<Answer> {
    const entry = this.#models.get(model);
    if (!entry) throw unavailable('The model is not loaded here.');
    if (entry.queue.length >= this.#o.maxWaiting) {
      throw unavailable(`The queue is full: ${entry.queue.length} requests wait. Send it again in a moment.`, 'QUEUE_FULL');
    }
    return new Promise((resolve, reject) => {
      const queuedAt = performance.now();
      entry.queue.push({
        model,
        inputs,
        rows,
        resolve,
        reject,
        queuedAt,
        shapeKey: shapeKeyOf(inputs),
        deaths: 0,
        alone: !info.batchable,
        done: false,
        deadline: queuedAt + timeoutMs,
      });
      this.#schedule();
    });
  }

  /** After this turn of the event loop, so that requests which arrive together run together. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    const claimed = new Set(this.#workers.filter((worker) => worker.isolated));
    let waiting = this.#models.inTurn().filter((entry) => entry.queue.first);
    while (waiting.length > 0) {
      const next: typeof waiting = [];
      for (const entry of waiting) {
        const first = entry.queue.first;
        if (!first) continue;
        const isolate = first.deaths >= DEATHS_ALLOWED - 1;
        const pick = pickWorker(this.#workers, {
          model: entry.name,
          waiting: entry.queue.length,
          alone: isolate,
          maxInHand: this.#o.maxInHand,
          claimed,
        });
        if (!pick) continue;
        if ('claim' in pick) {
          claimed.add(pick.claim);
          continue;
        }
        const idle = this.#workers.filter((worker) => worker.inHand === 0 && worker.holds(entry.name)).length;
        const waiting = entry.queue.rows((idle + 1) * this.#o.maxBatch);
        const items = entry.queue.take(batchRows({ waiting, idle, maxBatch: this.#o.maxBatch }));
        if (isolate) claimed.add(pick.worker);
        this.#send(pick.worker, entry.name, items, isolate);
        next.push(entry);
      }
      waiting = next;
    }
  }

  #send(worker: InferenceWorker, model: string, items: Item[], isolated: boolean): void {
    const rows = items.reduce((sum, item) => sum + item.rows, 0);
    const batch: Batch = { id: this.#nextBatch++, model, items, rows, isolated, startedAt: performance.now() };
    const entry = this.#models.get(model);
    if (entry) entry.inHand++;
    worker.run(batch, joinInputs(items));
  }

  #start(): void {
    this.#workers.push(
      new InferenceWorker({
        onReady: (worker) => {
          for (const entry of this.#models.all()) this.#loadOn(worker, entry.name);
        },
        onMessage: (worker, message) => this.#onMessage(worker, message),
        onNoise: (worker, text) => this.#o.log.debug({ pid: worker.pid, text }, 'an inference worker said'),
        onExit: (worker, reason) => this.#onExit(worker, reason),
      }),
    );
  }

  #loadOn(worker: InferenceWorker, model: string): void {
    const entry = this.#models.get(model);
    if (!entry) return;
    const providers = this.#o.providers.filter((provider) => !entry.deadly.has(provider));
    worker.load({ model, path: entry.path, providers, threads: this.#o.threads });
  }

  #onMessage(worker: InferenceWorker, message: Exclude<FromChild, { type: 'ready' }>): void {
    if (message.type === 'answer' || message.type === 'failed') {
      this.#onBatch(worker, message);
      return;
    }
    if (message.type === 'trying') {
      worker.trying = message;
      return;
    }
    worker.trying = undefined;
    const entry = this.#models.get(message.model);
    if (!entry) {
      worker.unload(message.model);
      return;
    }
    if (message.type === 'loaded') {
      worker.held.add(message.model);
      this.#models.accept(entry, message.info);
      this.#schedule();
      return;
    }
    if (!entry.info) {
      this.#refuse(message.model, message.reason);
      return;
    }
    this.#o.log.error({ model: message.model, pid: worker.pid, reason: message.reason }, 'a worker could not load a model again');
    if (this.#workers.every((w) => !w.holds(message.model))) {
      for (const item of entry.queue.drain(() => true)) settle(item, unavailable(`The model can't be loaded: ${message.reason}`));
    }
  }

  #refuse(model: string, reason: string): void {
    this.#models.get(model)?.fail(new DomainError('UNSUPPORTED', `The model can't be loaded: ${reason}`));
    this.unload(model);
  }

  #onBatch(worker: InferenceWorker, message: Extract<FromChild, { type: 'answer' | 'failed' }>): void {
    const batch = worker.finish(message.batch);
    if (!batch) return;
    const entry = this.#models.get(batch.model);
    if (entry) entry.inHand--;
    worker.answered++;
    this.#failedStarts = 0;
    if (message.type === 'answer') this.#answer(batch, message);
    else this.#fail(batch, message.reason);
    if (this.#models.hasWaiting()) this.#dispatch();
  }

  #answer(batch: Batch, message: Extract<FromChild, { type: 'answer' }>): void {
    this.#batches++;
    this.#rows += batch.rows;
    let from = 0;
    for (const item of batch.items) {
      const to = from + item.rows;
      const queueMs = batch.startedAt - item.queuedAt;
      if (!item.done) {
        try {
          const outputs = sliceOutputs(message.outputs, from, to, batch.rows);
          item.done = true;
          item.resolve({ outputs, queueMs, runMs: message.runMs, batchRows: batch.rows });
        } catch (error) {
          settle(item, error as Error);
        }
      }
      from = to;
    }
  }

  /** A run that the graph refused: each of its requests is tried by itself, so that only the one at fault fails. */
  #fail(batch: Batch, reason: string): void {
    const [only, ...others] = batch.items;
    if (only && others.length === 0) {
      settle(only, new DomainError('INTERNAL', `The model failed on this input: ${reason}`, { reason: 'MODEL_FAILED' }));
      return;
    }
    for (const item of batch.items) item.alone = true;
    this.#models.get(batch.model)?.queue.putBack(batch.items);
  }

  #onExit(worker: InferenceWorker, reason: string): void {
    const index = this.#workers.indexOf(worker);
    if (index >= 0) this.#workers.splice(index, 1);
    if (this.#closing) return;
    this.#o.log.warn({ pid: worker.pid, reason, inHand: worker.inHand }, 'an inference worker ended; another takes over');
    this.#blame(worker, reason);
    for (const batch of worker.takeAll().reverse()) this.#putBack(batch);
    if (worker.answered === 0) this.#failedStarts++;
    this.#restarts++;
    setTimeout(() => {
      if (!this.#closing) this.#start();
    }, restartDelay(this.#failedStarts));
    this.#schedule();
  }

  /** A death while loading counts against the provider that was tried, or else against the model. */
  #blame(worker: InferenceWorker, reason: string): void {
    const entry = worker.trying && this.#models.get(worker.trying.model);
    if (!worker.trying || !entry) return;
    const others = this.#o.providers.filter((p) => !entry.deadly.has(p) && p !== worker.trying?.provider);
    if (others.length > 0 && worker.trying.provider !== 'cpu') {
      entry.deadly.set(worker.trying.provider, `the process died while trying it (${reason})`);
      return;
    }
    entry.loadDeaths++;
    if (!entry.info && entry.loadDeaths >= LOAD_DEATHS_ALLOWED) {
      this.#refuse(entry.name, `the process that loaded it died ${entry.loadDeaths} times (${reason}).`);
    }
  }

  #putBack(batch: Batch): void {
    const entry = this.#models.get(batch.model);
    if (entry) entry.inHand--;
    const again: Item[] = [];
    for (const item of batch.items) {
      if (item.done) continue;
      item.deaths++;
      if (item.deaths >= DEATHS_ALLOWED) {
        const message = `The model's process died ${item.deaths} times on this request, the last time on it alone.`;
        settle(item, new DomainError('INTERNAL', message, { reason: 'MODEL_CRASHED' }));
        continue;
      }
      if (item.deaths === DEATHS_ALLOWED - 1) item.alone = true;
      again.push(item);
    }
    this.#reruns += again.length;
    entry?.queue.putBack(again);
  }

  #sweep(): void {
    const now = performance.now();
    for (const worker of this.#workers) {
      const oldest = worker.oldestStart();
      if (oldest !== undefined && now - oldest > this.#o.hangMs) worker.kill();
    }
    for (const entry of this.#models.all()) {
      for (const item of entry.queue.drain((waiting) => waiting.deadline <= now)) settle(item, timedOut(item, now));
    }
    for (const worker of this.#workers) {
      for (const item of worker.overdue(now)) settle(item, timedOut(item, now));
    }
  }
}

function settle(item: Item, error: Error): void {
  if (item.done) return;
  item.done = true;
  item.reject(error);
}

function timedOut(item: Item, now: number): DomainError {
  return new DomainError('TIMEOUT', `No answer within ${Math.round(now - item.queuedAt)} ms. Send it again, or with fewer rows.`);
}

function unavailable(message: string, reason?: string): DomainError {
  return new DomainError('UNAVAILABLE', message, reason ? { reason } : undefined);
}
