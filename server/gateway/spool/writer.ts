import { closeSync, fdatasync, ftruncateSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError, messageOf } from '#server/errors.ts';
import { FORM } from '#server/features/predictions/log-line.schema.ts';
import { startMark } from '#server/platform/processes/alive.ts';

const SEGMENT_BYTES = 4 * 1024 * 1024;
const SYNC_MS = 100;

/** Extensions say what lies in a segment: predictions in the form of `log-line.schema.ts`, or JSON lines of either kind. */
export const PREDICTION_LINES = `.${FORM}`;
export const JSON_LINES = '.log';
/** First character of a JSON line: what it holds. */
export const PREDICTION = 'P';
export const OUTCOME = 'O';

type Turn = { promise: Promise<void>; resolve(): void; reject(error: Error): void };

/**
 * The append-only log of one process: lines go into numbered segments in a folder of its own. What is appended in one
 * turn of the event loop is one write; the promise resolves once the operating system has it, so it outlives a SIGKILL
 * of this process. The disk is told to keep it every 100 ms, for the case that the machine dies.
 */
export class SpoolWriter {
  readonly folder: string;
  readonly #predictions: SegmentFile;
  readonly #others: SegmentFile;
  #segment = 0;
  #predictionText = '';
  #otherText = '';
  #turn: Turn | undefined;
  #timer: NodeJS.Timeout;

  constructor(root: string, instance: string) {
    this.folder = join(root, instance);
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(this.folder, OWNER_FILE), JSON.stringify({ pid: process.pid, mark: startMark(process.pid) }));
    const next = (extension: string) => join(this.folder, segmentName(++this.#segment, extension));
    this.#predictions = new SegmentFile(() => next(PREDICTION_LINES));
    this.#others = new SegmentFile(() => next(JSON_LINES));
    this.#timer = setInterval(() => {
      this.#predictions.sync();
      this.#others.sync();
    }, SYNC_MS);
    this.#timer.unref();
  }

  /** Bytes in the open segments. */
  get openBytes(): number {
    return this.#predictions.bytes + this.#others.bytes;
  }

  /**
   * Appends predictions: whole lines as `predictionLine` makes them.
   * @throws DomainError UNAVAILABLE when the disk takes no more
   */
  append(lines: string): Promise<void> {
    this.#predictionText += lines;
    return this.#soon();
  }

  /**
   * Appends outcomes: JSON.
   * @throws DomainError UNAVAILABLE when the disk takes no more
   */
  appendOutcomes(outcomes: readonly string[]): Promise<void> {
    for (const outcome of outcomes) this.#otherText += `${OUTCOME}${outcome}\n`;
    return this.#soon();
  }

  /** Closes the open segments, so that they can be shipped; returns the number of the first segment still to be written. */
  rotate(): number {
    this.#predictions.close();
    this.#others.close();
    return this.#segment + 1;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#flush();
    this.rotate();
  }

  /** One write, and one promise, for all that is appended in this turn. */
  #soon(): Promise<void> {
    if (!this.#turn) {
      this.#turn = Promise.withResolvers<void>();
      setImmediate(() => this.#flush());
    }
    return this.#turn.promise;
  }

  #flush(): void {
    const turn = this.#turn;
    if (!turn) return;
    const predictions = this.#predictionText;
    const others = this.#otherText;
    this.#turn = undefined;
    this.#predictionText = '';
    this.#otherText = '';
    try {
      if (predictions) this.#predictions.write(Buffer.from(predictions));
      if (others) this.#others.write(Buffer.from(others));
      turn.resolve();
    } catch (error) {
      turn.reject(
        new DomainError('UNAVAILABLE', `The prediction log can't be written: ${messageOf(error)}`, { reason: 'LOG_FAILED' }),
      );
    }
  }
}

/** The segment under way of one kind of line. */
class SegmentFile {
  bytes = 0;
  readonly #nextPath: () => string;
  #fd: number | undefined;
  #dirty = false;
  #syncing = false;

  constructor(nextPath: () => string) {
    this.#nextPath = nextPath;
  }

  /** Writes all of it, or throws and leaves no half of it behind. */
  write(data: Buffer): void {
    this.#fd ??= openSync(this.#nextPath(), 'a', 0o600);
    try {
      for (let done = 0; done < data.length; ) done += writeSync(this.#fd, data, done);
    } catch (error) {
      this.#cutBack(this.#fd);
      throw error;
    }
    this.bytes += data.length;
    this.#dirty = true;
    if (this.bytes >= SEGMENT_BYTES) this.close();
  }

  sync(): void {
    if (!this.#dirty || this.#syncing || this.#fd === undefined) return;
    this.#dirty = false;
    this.#syncing = true;
    fdatasync(this.#fd, () => {
      this.#syncing = false;
    });
  }

  /** Leaves the segment to the shipper. */
  close(): void {
    const fd = this.#fd;
    if (fd === undefined) return;
    fdatasync(fd, () => closeSync(fd));
    this.#fd = undefined;
    this.bytes = 0;
    this.#dirty = false;
  }

  /** A torn line may only ever be a segment's last. */
  #cutBack(fd: number): void {
    try {
      ftruncateSync(fd, this.bytes);
    } catch {
      this.close();
    }
  }
}

export const OWNER_FILE = 'owner.json';

/** Names sort in the order of writing. */
export function segmentName(number: number, extension = ''): string {
  return `${String(number).padStart(9, '0')}${extension}`;
}
