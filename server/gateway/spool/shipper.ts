import { appendFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { isDomainError, messageOf } from '#server/errors.ts';
import { readPredictionLine } from '#server/features/predictions/log-line.schema.ts';
import {
  halve,
  listSegments,
  orphanedFolders,
  readJsonLines,
  readWhole,
  removeEmpty,
  type Segment,
} from '#server/gateway/spool/segments.ts';
import { OUTCOME, PREDICTION, PREDICTION_LINES, type SpoolWriter } from '#server/gateway/spool/writer.ts';
import type { Logger } from '#server/log.ts';

/** JSON lines as two JSON arrays in text form: they reach the database without being parsed here. */
export type JsonBatch = { predictions: string; outcomes: string };

/** Each stores a batch whole or throws; storing it twice changes nothing. DomainError INVALID means that a line is at fault. */
export type SpoolSink = {
  /** Predictions as they lie in a segment; returns how many. */
  saveLines(lines: Buffer): Promise<number>;
  saveLog(batch: JsonBatch): Promise<void>;
};

export type ShipperOptions = { root: string; writer: SpoolWriter; sink: SpoolSink; log: Logger; maxBytes?: number };

const BATCH_LINES = 2_000;
const BATCH_CHARS = 4 * 1024 * 1024;
const ROUND_BYTES = 8 * 1024 * 1024;
const REST_MS = 200;
const REST_FACTOR = 3;
const RETRY_MAX_MS = 5_000;
const MAX_BYTES = 4 * 1024 ** 3;

/**
 * Takes closed segments to the database and removes them: its own, and those of processes that have ended. While the
 * database is away it tries again; nothing is removed before it is stored. It rests between two rounds, so that bulk
 * writes leave the machine to the predictions: the longer, the busier this process is, and the shorter, the nearer the
 * log comes to half of its limit.
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
  #load = performance.eventLoopUtilization();

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
    this.#round = this.#ship(Number.POSITIVE_INFINITY);
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
      this.#round = this.#ship(ROUND_BYTES);
      await this.#round;
      if (this.#failures > 0) this.#plan(Math.min(RETRY_MAX_MS, REST_MS * 2 ** Math.min(this.#failures, 5)));
      else this.#plan(this.#rest(performance.now() - started));
    }, delay);
    this.#timer.unref();
  }

  /** Milliseconds to rest after a round that took `took`. */
  #rest(took: number): number {
    const before = this.#load;
    this.#load = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(this.#load, before);
    const room = Math.max(0, 1 - this.#backlog / (this.#o.maxBytes / 2));
    const rest = took * REST_FACTOR * utilization * room;
    return this.#backlog > ROUND_BYTES ? rest : Math.max(REST_MS, rest);
  }

  /** Ships the oldest segments, until `bytes` of them are through. */
  async #ship(bytes: number): Promise<void> {
    const { writer, root } = this.#o;
    try {
      const segments = listSegments(writer.folder, writer.rotate());
      const orphans = orphanedFolders(root, writer.folder);
      for (const folder of orphans) segments.unshift(...listSegments(folder));
      this.#backlog = segments.reduce((sum, segment) => sum + segment.bytes, 0);
      let shipped = 0;
      for (const segment of segments) {
        if (shipped >= bytes) break;
        await this.#shipSegment(segment);
        shipped += segment.bytes;
      }
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
    if (segment.path.endsWith(PREDICTION_LINES)) await this.#saveLines(await readWhole(segment.path));
    else for (const lines of inBatches(await readJsonLines(segment.path))) await this.#saveJson(lines);
    await rm(segment.path, { force: true });
    this.#backlog -= segment.bytes;
  }

  async #saveLines(lines: Buffer): Promise<void> {
    if (lines.length === 0) return;
    try {
      this.#count(await this.#o.sink.saveLines(lines));
    } catch (error) {
      if (!isDomainError(error) || error.code !== 'INVALID') throw error;
      const halves = halve(lines);
      if (!halves) return this.#reject(readable(lines.toString()), error.message);
      for (const half of halves) await this.#saveLines(half);
    }
  }

  async #saveJson(lines: string[]): Promise<void> {
    try {
      await this.#o.sink.saveLog(toJsonBatch(lines));
      this.#count(lines.length);
    } catch (error) {
      if (!isDomainError(error) || error.code !== 'INVALID') throw error;
      if (lines.length === 1) return this.#reject((lines[0] ?? '').slice(1), error.message);
      const half = Math.ceil(lines.length / 2);
      await this.#saveJson(lines.slice(0, half));
      await this.#saveJson(lines.slice(half));
    }
  }

  #count(lines: number): void {
    this.#shipped += lines;
    this.#lastShippedAt = new Date().toISOString();
  }

  /** A line that the database refuses for what it says is kept aside, for a person to see; the others go on. */
  #reject(line: string, reason: string): void {
    appendFileSync(join(this.#o.root, 'rejected.jsonl'), `${line}\n`, { mode: 0o600 });
    this.#rejected++;
    this.#o.log.error({ reason }, 'a line of the prediction log was refused and is kept in rejected.jsonl');
  }
}

/** A refused line as JSON: its fields by name, or what it says when it is no line at all. */
function readable(line: string): string {
  try {
    return JSON.stringify(readPredictionLine(line));
  } catch {
    return JSON.stringify({ line: line.trimEnd() });
  }
}

function toJsonBatch(lines: readonly string[]): JsonBatch {
  const of = (kind: string) => lines.filter((line) => line.startsWith(kind)).map((line) => line.slice(1));
  return { predictions: `[${of(PREDICTION).join(',')}]`, outcomes: `[${of(OUTCOME).join(',')}]` };
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
