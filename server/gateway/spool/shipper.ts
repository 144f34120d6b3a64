import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDomainError, messageOf } from '#server/errors.ts';
import { listSegments, orphanedFolders, readLines, removeEmpty, type Segment } from '#server/gateway/spool/segments.ts';
import { type SpoolWriter, segmentName } from '#server/gateway/spool/writer.ts';
import type { Logger } from '#server/log.ts';

/** First character of a line: what it holds. */
export const PREDICTION = 'P';
export const OUTCOME = 'O';

/** Lines as two JSON arrays in text form: they reach the database without being parsed here. */
export type SpoolBatch = { predictions: string; outcomes: string; lines: number };

export type ShipperOptions = {
  root: string;
  writer: SpoolWriter;
  /** Stores a batch whole or throws; storing it twice changes nothing. DomainError INVALID means that a line is at fault. */
  save(batch: SpoolBatch): Promise<void>;
  log: Logger;
  maxBytes?: number;
};

const BATCH_LINES = 2_000;
const BATCH_CHARS = 4 * 1024 * 1024;
const REST_MS = 200;
const REST_FACTOR = 3;
const RETRY_MAX_MS = 5_000;
const MAX_BYTES = 4 * 1024 ** 3;

/**
 * Takes closed segments to the database and removes them: its own, and those of processes that have ended. While the
 * database is away it tries again; nothing is removed before it is stored. It rests between two batches, so that bulk
 * writes leave the machine to the predictions, unless the log grows towards its limit.
 */
export class Shipper {
  readonly #o: Required<ShipperOptions>;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #stopped = false;
  #failures = 0;
  #backlog = 0;
  #shipped = 0;
  #rejected = 0;
  #lastError: string | null = null;
  #lastShippedAt: string | null = null;

  constructor(options: ShipperOptions) {
    this.#o = { maxBytes: MAX_BYTES, ...options };
  }

  start(): void {
    this.#plan(REST_MS);
  }

  /** True while the last try reached the database. */
  get healthy(): boolean {
    return this.#failures === 0;
  }

  /** True when the log has reached its limit and takes no more until the database is back. */
  get full(): boolean {
    return this.#backlog + this.#o.writer.openBytes >= this.#o.maxBytes;
  }

  stats() {
    return {
      backlogBytes: this.#backlog + this.#o.writer.openBytes,
      maxBytes: this.#o.maxBytes,
      shipped: this.#shipped,
      rejected: this.#rejected,
      lastShippedAt: this.#lastShippedAt,
      lastError: this.#lastError,
    };
  }

  /** Ships what is there, now. Resolves when nothing is left, or false after the first failure. */
  async drain(): Promise<boolean> {
    await this.#round;
    this.#round = this.#ship();
    await this.#round;
    return this.#failures === 0;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  #plan(delay: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(async () => {
      const started = performance.now();
      this.#round = this.#ship();
      await this.#round;
      const took = performance.now() - started;
      const pressed = this.#backlog > this.#o.maxBytes / 2;
      if (this.#failures > 0) this.#plan(Math.min(RETRY_MAX_MS, REST_MS * 2 ** Math.min(this.#failures, 5)));
      else this.#plan(pressed ? 0 : Math.max(REST_MS, took * REST_FACTOR));
    }, delay);
    this.#timer.unref();
  }

  async #ship(): Promise<void> {
    const { writer, root } = this.#o;
    try {
      const segments = listSegments(writer.folder, segmentName(writer.rotate()));
      const orphans = orphanedFolders(root, writer.folder);
      for (const folder of orphans) segments.unshift(...listSegments(folder));
      this.#backlog = segments.reduce((sum, segment) => sum + segment.bytes, 0);
      for (const segment of segments) await this.#shipSegment(segment);
      for (const folder of orphans) removeEmpty(folder);
      this.#failures = 0;
      this.#lastError = null;
    } catch (error) {
      this.#failures++;
      this.#lastError = messageOf(error);
      if (this.#failures === 1)
        this.#o.log.warn({ reason: this.#lastError }, 'the prediction log stays in the spool: the database is away');
    }
  }

  async #shipSegment(segment: Segment): Promise<void> {
    for (const lines of inBatches(readLines(segment.path))) await this.#save(lines);
    rmSync(segment.path, { force: true });
    this.#backlog -= segment.bytes;
  }

  async #save(lines: string[]): Promise<void> {
    try {
      await this.#o.save(toBatch(lines));
      this.#shipped += lines.length;
      this.#lastShippedAt = new Date().toISOString();
    } catch (error) {
      if (!isDomainError(error) || error.code !== 'INVALID') throw error;
      if (lines.length === 1) {
        this.#reject(lines[0] ?? '', error.message);
        return;
      }
      const half = Math.ceil(lines.length / 2);
      await this.#save(lines.slice(0, half));
      await this.#save(lines.slice(half));
    }
  }

  /** A line that the database refuses for what it says is kept aside, for a person to see; the others go on. */
  #reject(line: string, reason: string): void {
    appendFileSync(join(this.#o.root, 'rejected.jsonl'), `${line.slice(1)}\n`, { mode: 0o600 });
    this.#rejected++;
    this.#o.log.error({ reason }, 'a line of the prediction log was refused and is kept in rejected.jsonl');
  }
}

function toBatch(lines: readonly string[]): SpoolBatch {
  const predictions: string[] = [];
  const outcomes: string[] = [];
  for (const line of lines) {
    if (line.startsWith(PREDICTION)) predictions.push(line.slice(1));
    else if (line.startsWith(OUTCOME)) outcomes.push(line.slice(1));
  }
  return { predictions: `[${predictions.join(',')}]`, outcomes: `[${outcomes.join(',')}]`, lines: lines.length };
}

function* inBatches(lines: readonly string[]): Generator<string[]> {
  let batch: string[] = [];
  let chars = 0;
  for (const line of lines) {
    if (batch.length > 0 && (batch.length >= BATCH_LINES || chars + line.length > BATCH_CHARS)) {
      yield batch;
      batch = [];
      chars = 0;
    }
    batch.push(line);
    chars += line.length;
  }
  if (batch.length > 0) yield batch;
}
