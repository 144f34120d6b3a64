import { closeSync, fdatasync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError, messageOf } from '#server/errors.ts';
import { startMark } from '#server/platform/processes/alive.ts';

const SEGMENT_BYTES = 2 * 1024 * 1024;
const SYNC_MS = 100;

type Waiter = { resolve(): void; reject(error: Error): void };

/**
 * The append-only log of one process: lines go into numbered segments in a folder of its own. What is appended in one
 * turn of the event loop is one write; `append` resolves once the operating system has it, so it outlives a SIGKILL of
 * this process. The disk is told to keep it every 100 ms, for the case that the machine dies.
 */
export class SpoolWriter {
  readonly folder: string;
  #fd: number | undefined;
  #segment = 0;
  #segmentBytes = 0;
  #lines: string[] = [];
  #waiters: Waiter[] = [];
  #torn = false;
  #syncing = false;
  #dirty = false;
  #timer: NodeJS.Timeout;

  constructor(root: string, instance: string) {
    this.folder = join(root, instance);
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(this.folder, OWNER_FILE), JSON.stringify({ pid: process.pid, mark: startMark(process.pid) }));
    this.#timer = setInterval(() => this.#sync(), SYNC_MS);
    this.#timer.unref();
  }

  /** Bytes in the open segment. */
  get openBytes(): number {
    return this.#segmentBytes;
  }

  /**
   * Appends lines (without line breaks).
   * @throws DomainError UNAVAILABLE when the disk takes no more
   */
  append(lines: readonly string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#waiters.length === 0) setImmediate(() => this.#flush());
      for (const line of lines) this.#lines.push(line);
      this.#waiters.push({ resolve, reject });
    });
  }

  /** Closes the open segment, so that it can be shipped; returns the number of the first segment still to be written. */
  rotate(): number {
    if (this.#segmentBytes > 0) this.#closeSegment();
    return this.#segment + (this.#fd === undefined ? 1 : 0);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#flush();
    this.#closeSegment();
  }

  #flush(): void {
    const waiters = this.#waiters;
    if (waiters.length === 0) return;
    const text = `${this.#torn ? '\n' : ''}${this.#lines.join('\n')}\n`;
    this.#lines = [];
    this.#waiters = [];
    try {
      this.#write(Buffer.from(text));
      this.#torn = false;
      for (const waiter of waiters) waiter.resolve();
    } catch (error) {
      this.#torn = true;
      const failure = new DomainError('UNAVAILABLE', `The prediction log can't be written: ${messageOf(error)}`, {
        reason: 'LOG_FAILED',
      });
      for (const waiter of waiters) waiter.reject(failure);
    }
  }

  #write(data: Buffer): void {
    this.#fd ??= openSync(join(this.folder, segmentName(++this.#segment)), 'a', 0o600);
    for (let done = 0; done < data.length; ) done += writeSync(this.#fd, data, done);
    this.#segmentBytes += data.length;
    this.#dirty = true;
    if (this.#segmentBytes >= SEGMENT_BYTES) this.#closeSegment();
  }

  #sync(): void {
    if (!this.#dirty || this.#syncing || this.#fd === undefined) return;
    this.#dirty = false;
    this.#syncing = true;
    fdatasync(this.#fd, () => {
      this.#syncing = false;
    });
  }

  #closeSegment(): void {
    const fd = this.#fd;
    if (fd !== undefined) fdatasync(fd, () => closeSync(fd));
    this.#fd = undefined;
    this.#segmentBytes = 0;
  }
}

export const OWNER_FILE = 'owner.json';

/** Names sort in the order of writing. */
export function segmentName(number: number): string {
  return `${String(number).padStart(9, '0')}.log`;
}
