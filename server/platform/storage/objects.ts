import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, unlink, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { config } from '#server/config.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { registerObject } from './catalog.ts';

/** An object of the store. Its key is the SHA-256 of its bytes, in hex, so equal contents are one object. */
export type ObjectRef = { key: string; size: number };

const KEY = /^[0-9a-f]{64}$/;

/** Where an object lies; two levels of folders keep listings short. */
export function pathOf(key: string): string {
  if (!KEY.test(key)) throw notFound('object');
  return join(config.objectsDir, key.slice(0, 2), key.slice(2, 4), key);
}

/** Unfinished writes; what is older than a day was cut off by a crash. */
export function temporaryFolder(): string {
  return join(config.objectsDir, 'tmp');
}

/**
 * Stores bytes and makes sure of their `stored_object` row. The file gets its name only when it is whole and on disk.
 * @throws DomainError TOO_LARGE past `maxBytes`, UNAVAILABLE on a full disk; nothing is left behind
 */
export async function putObject(
  source: Readable | Buffer | string,
  options: { mediaType: string; maxBytes?: number },
): Promise<ObjectRef> {
  const temporary = join(temporaryFolder(), randomUUID());
  await mkdir(temporaryFolder(), { recursive: true, mode: 0o700 });
  const meter = measure(options.maxBytes ?? Number.POSITIVE_INFINITY);
  try {
    const input = source instanceof Readable ? source : Readable.from([Buffer.from(source)]);
    await pipeline(input, meter.stream, createWriteStream(temporary, { flags: 'wx', mode: 0o600 }));
    return await keep(temporary, meter.result(), options.mediaType);
  } catch (error) {
    await rm(temporary, { force: true });
    throw explain(error);
  }
}

/** Moves a finished local file into the store; the file is gone afterwards. */
export async function putObjectFile(path: string, options: { mediaType: string }): Promise<ObjectRef> {
  const meter = measure(Number.POSITIVE_INFINITY);
  meter.stream.resume();
  await pipeline(createReadStream(path), meter.stream);
  const temporary = join(temporaryFolder(), randomUUID());
  await mkdir(temporaryFolder(), { recursive: true, mode: 0o700 });
  try {
    await rename(path, temporary);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    const copied = await putObject(createReadStream(path), options);
    await rm(path, { force: true });
    return copied;
  }
  return keep(temporary, meter.result(), options.mediaType);
}

/** A stream of an object's bytes. @throws DomainError NOT_FOUND */
export async function openObject(key: string): Promise<Readable> {
  return createReadStream(await objectPath(key));
}

/** An object's bytes at once. @throws DomainError NOT_FOUND, TOO_LARGE past `maxBytes` (default 64 MB) */
export async function readObject(key: string, options: { maxBytes?: number } = {}): Promise<Buffer> {
  const path = await objectPath(key);
  const limit = options.maxBytes ?? 64 * 1024 * 1024;
  const { size } = await stat(path);
  if (size > limit) throw tooLarge(limit);
  return readFile(path);
}

/** A local file with the object's bytes, to read and never to write: for DuckDB and ONNX Runtime. @throws DomainError NOT_FOUND */
export async function objectPath(key: string): Promise<string> {
  const path = pathOf(key);
  await stat(path).catch(() => {
    throw notFound('object');
  });
  return path;
}

function measure(maxBytes: number) {
  const hash = createHash('sha256');
  let size = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes) return done(tooLarge(maxBytes));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { stream, result: (): ObjectRef => ({ key: hash.digest('hex'), size }) };
}

/**
 * Row first, then the name: a sweep that comes in between sees the row's age and leaves the file. An object that is
 * there already is touched, so that a sweep that has just found it unowned leaves it too.
 */
async function keep(temporary: string, ref: ObjectRef, mediaType: string): Promise<ObjectRef> {
  const path = pathOf(ref.key);
  await sync(temporary);
  await registerObject({ ...ref, mediaType });
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await rename(temporary, path);
  await utimes(path, new Date(), new Date());
  await sync(dirname(path));
  return ref;
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function tooLarge(limit: number): DomainError {
  return new DomainError('TOO_LARGE', `This is larger than the limit of ${formatBytes(limit)}.`, { limit });
}

function formatBytes(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.round(bytes / (1024 * 1024))} MB` : `${bytes} bytes`;
}

function explain(error: unknown): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') return error;
  return new DomainError(
    'UNAVAILABLE',
    'The disk of the data folder is full: make room and try again. Nothing was stored.',
    undefined,
    { cause: error },
  );
}

/** Removes unfinished writes that are older than `graceMs`. */
export async function sweepTemporary(graceMs: number): Promise<void> {
  for (const name of await readdir(temporaryFolder()).catch(() => [])) {
    const path = join(temporaryFolder(), name);
    const info = await stat(path).catch(() => undefined);
    if (info && Date.now() - info.mtimeMs > graceMs) await unlink(path).catch(() => undefined);
  }
}
