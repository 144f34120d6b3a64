import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import tar from 'tar-stream';
import { DomainError, messageOf } from '#server/errors.ts';

export const ARCHIVE_LIMITS = {
  entryBytes: 32 * 1024 ** 2,
  totalBytes: 16 * 1024 ** 3,
  entries: 2_000_000,
  keptBytes: 1024 ** 2,
};
type Limits = typeof ARCHIVE_LIMITS;

/** One entry of an archive: a regular file with its bytes, or what speaks against it, with its first bytes. */
export type ArchiveEntry = { name: string; raw: Buffer; refusal: { reason: string; detail: string } | null };

/** Is this the beginning of a gzip file? */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * Gives each entry of a tar or tar.gz to `take`, in their order, and never touches the file system by a name in it.
 * `read` hears how many bytes of the file were read. `take` may return false to stop early.
 * @throws DomainError INVALID for a broken archive, TOO_LARGE past a limit
 */
export async function readArchive(
  path: string,
  take: (entry: ArchiveEntry) => Promise<boolean>,
  o: { signal?: AbortSignal; read?: (bytes: number) => void; limits?: Partial<Limits> } = {},
): Promise<void> {
  const limits = { ...ARCHIVE_LIMITS, ...o.limits };
  const stop = new AbortController();
  const signal = o.signal ? AbortSignal.any([o.signal, stop.signal]) : stop.signal;
  const extract = tar.extract();
  const source = createReadStream(path, { highWaterMark: 256 * 1024 });
  const meter = counter((total) => {
    o.read?.(source.bytesRead);
    return total > limits.totalBytes ? tooLarge(`unpacked it holds more than ${limits.totalBytes / 1024 ** 3} GB`) : null;
  });
  const stages = (await startsWithGzip(path)) ? [source, createGunzip(), meter, extract] : [source, meter, extract];
  const feeding = pipeline(stages, { signal });
  feeding.catch(() => undefined);
  try {
    if (await takeAll(extract, take, limits)) await feeding;
  } catch (error) {
    throw explain(await settled(feeding, error), o.signal);
  } finally {
    stop.abort();
    source.destroy();
  }
}

async function takeAll(extract: tar.Extract, take: (entry: ArchiveEntry) => Promise<boolean>, limits: Limits): Promise<boolean> {
  let count = 0;
  for await (const entry of extract) {
    count += 1;
    if (count > limits.entries) throw tooLarge(`it has more than ${limits.entries} entries`);
    const { name: rawName, type, size = 0 } = entry.header;
    if (type === 'directory') {
      entry.resume();
      continue;
    }
    const name = cleanName(rawName);
    const refusal = refuse({ name, type: type ?? 'file', size, limits });
    const raw = await collect(entry, refusal ? limits.keptBytes : limits.entryBytes);
    if (!(await take({ name, raw, refusal }))) return false;
  }
  return true;
}

function refuse(o: { name: string; type: string; size: number; limits: Limits }): ArchiveEntry['refusal'] {
  if (o.type !== 'file' && o.type !== 'contiguous-file')
    return { reason: 'not a regular file', detail: `the entry is a ${o.type}` };
  if (o.name === '') return { reason: 'no name', detail: 'the entry has no name' };
  if (o.size > o.limits.entryBytes) {
    return {
      reason: 'too large',
      detail: `${o.size} bytes, the limit for one mail is ${o.limits.entryBytes}; only the beginning is kept here`,
    };
  }
  return null;
}

async function collect(entry: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of entry) {
    if (size < most) chunks.push(chunk.subarray(0, most - size));
    size += chunk.length;
  }
  return Buffer.concat(chunks);
}

function cleanName(name: string): string {
  return name
    .toWellFormed()
    .replace(/\p{Cc}+/gu, '')
    .replace(/^(\.\/)+/, '')
    .slice(0, 500);
}

function counter(check: (total: number) => Error | null): Transform {
  let total = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      total += chunk.length;
      done(check(total), chunk);
    },
  });
}

async function startsWithGzip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(2);
    await file.read(head, 0, 2, 0);
    return isGzip(head);
  } finally {
    await file.close();
  }
}

/** The error of the feeding side where it has one: the reader only sees that its stream was closed. */
async function settled(feeding: Promise<void>, error: unknown): Promise<unknown> {
  if (error instanceof DomainError) return error;
  return feeding.then(
    () => error,
    (cause: unknown) => cause,
  );
}

function explain(error: unknown, signal: AbortSignal | undefined): unknown {
  if (error instanceof DomainError || signal?.aborted) return error;
  return new DomainError(
    'INVALID',
    `The archive can't be read to its end (${messageOf(error)}). Nothing was imported. Make it again with tar, and upload it again.`,
  );
}

function tooLarge(what: string): DomainError {
  return new DomainError('TOO_LARGE', `The archive is too large: ${what}. Divide it and upload the parts.`);
}
