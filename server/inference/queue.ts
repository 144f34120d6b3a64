import type { Tensors } from '#server/inference/tensors.ts';

/** What a caller gets for one request. */
export type Answer = { outputs: Tensors; queueMs: number; runMs: number; batchRows: number };

/** One request that waits or runs. */
export type Item = {
  model: string;
  inputs: Tensors;
  rows: number;
  /** Requests with the same key may share a run: their rows have the same shape. */
  shapeKey: string;
  /** Deaths of a worker that had this request in hand. */
  deaths: number;
  /** Runs in a batch of its own, on a worker that has nothing else in hand. */
  alone: boolean;
  done: boolean;
  queuedAt: number;
  deadline: number;
  resolve(answer: Answer): void;
  reject(error: Error): void;
};

/** First in, first out, with a way back to the head for what a dead worker had in hand. */
export class ModelQueue {
  #items: Item[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  get first(): Item | undefined {
    this.#skipDone();
    return this.#items[this.#head];
  }

  /** Rows that wait, counted up to `limit`. */
  rows(limit: number): number {
    let rows = 0;
    for (let at = this.#head; at < this.#items.length && rows < limit; at++) rows += this.#items[at]?.rows ?? 0;
    return Math.min(rows, limit);
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  /** Puts items before all others, in their order. */
  putBack(items: readonly Item[]): void {
    this.#items = [...items, ...this.#items.slice(this.#head)];
    this.#head = 0;
  }

  /** Takes the next batch: neighbours of one row shape up to `maxRows` rows, or one request that must run alone. */
  take(maxRows: number): Item[] {
    const batch: Item[] = [];
    let rows = 0;
    for (let item = this.first; item; item = this.first) {
      const lead = batch[0];
      if (lead && (lead.alone || item.alone || item.shapeKey !== lead.shapeKey || rows + item.rows > maxRows)) break;
      batch.push(item);
      rows += item.rows;
      this.#advance();
      if (rows >= maxRows) break;
    }
    return batch;
  }

  /** Removes and returns every item that `test` picks. */
  drain(test: (item: Item) => boolean): Item[] {
    const waiting = this.#items.slice(this.#head);
    const out = waiting.filter(test);
    if (out.length === 0) return out;
    this.#items = waiting.filter((item) => !test(item));
    this.#head = 0;
    return out;
  }

  #skipDone(): void {
    while (this.#items[this.#head]?.done) this.#advance();
  }

  #advance(): void {
    this.#head++;
    if (this.#head < 1024 || this.#head * 2 < this.#items.length) return;
    this.#items = this.#items.slice(this.#head);
    this.#head = 0;
  }
}
