import type { Readable, Writable } from 'node:stream';
import type pg from 'pg';

/** COPY over the wire, with the driver that is there: one object that speaks the protocol's few messages. */

type Wire = {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
  stream: { writableNeedDrain?: boolean; pause(): void; resume(): void; once(event: 'drain', fn: () => void): void };
};

abstract class Copy {
  readonly done: Promise<number>;
  protected wire: Wire | undefined;
  protected failure: Error | undefined;
  #rows = 0;
  #settle: { resolve: (rows: number) => void; reject: (error: Error) => void };
  readonly #sql: string;

  constructor(sql: string) {
    this.#sql = sql;
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.done = promise;
    this.done.catch(() => undefined);
    this.#settle = { resolve, reject };
  }

  submit(wire: Wire): void {
    this.wire = wire;
    wire.query(this.#sql);
  }
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}
  handleCommandComplete(message: { text: string }): void {
    this.#rows = Number(/^COPY (\d+)/.exec(message.text)?.[1] ?? 0);
  }
  handleReadyForQuery(): void {
    if (this.failure) this.#settle.reject(this.failure);
    else this.#settle.resolve(this.#rows);
  }
  handleError(error: Error): void {
    this.failure ??= error;
    this.#settle.reject(this.failure);
  }
}

class CopyOut extends Copy {
  readonly #sink: Writable;

  constructor(sql: string, sink: Writable) {
    super(sql);
    this.#sink = sink;
    sink.once('error', (error) => {
      this.failure = error;
      this.wire?.stream.resume();
    });
  }

  handleCopyData(message: { chunk: Buffer }): void {
    if (this.failure || this.#sink.write(message.chunk)) return;
    this.wire?.stream.pause();
    this.#sink.once('drain', () => this.wire?.stream.resume());
  }
}

class CopyIn extends Copy {
  readonly #source: Readable;

  constructor(sql: string, source: Readable) {
    super(sql);
    this.#source = source;
  }

  handleCopyInResponse(wire: Wire): void {
    void this.#send(wire);
  }

  async #send(wire: Wire): Promise<void> {
    try {
      for await (const chunk of this.#source) {
        if (this.failure) return;
        wire.sendCopyFromChunk(chunk as Buffer);
        if (wire.stream.writableNeedDrain) await new Promise<void>((done) => wire.stream.once('drain', done));
      }
      wire.endCopyFrom();
    } catch (error) {
      wire.sendCopyFail(error instanceof Error ? error.message : String(error));
    }
  }
}

/** Runs `copy … to stdout` into a stream, which it leaves open. @returns the number of rows */
export function copyTo(client: pg.ClientBase, sql: string, sink: Writable): Promise<number> {
  return run(client, new CopyOut(sql, sink));
}

/** Runs `copy … from stdin` with what a stream holds. @returns the number of rows */
export function copyFrom(client: pg.ClientBase, sql: string, source: Readable): Promise<number> {
  return run(client, new CopyIn(sql, source));
}

function run(client: pg.ClientBase, copy: Copy): Promise<number> {
  client.query(copy as unknown as pg.Submittable);
  return copy.done;
}
