import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '#server/errors.ts';
import type { FileFormat, ReadOptions } from './recipe.schema.ts';

export type Encoding = NonNullable<ReadOptions['encoding']>;

/** The first bytes of a file. */
export async function readHead(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(bytes);
    const { bytesRead } = await file.read(head, 0, bytes, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * What a file is, by its first bytes and never by its name.
 * @throws DomainError UNSUPPORTED for what can't be imported, INVALID for an empty file
 */
export function sniffFormat(head: Buffer): FileFormat | 'gzip' {
  if (head.length === 0) throw new DomainError('INVALID', 'The file is empty.');
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return 'parquet';
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (isTar(head)) return 'mail';
  const signature = head.subarray(0, 4).toString('latin1');
  if (signature.startsWith('PK')) throw unsupported('a zip file or a spreadsheet. Save the table as CSV, or pack mails with tar');
  if (signature === 'SQLi') throw unsupported('an SQLite database');
  if (signature === 'ARRO') throw unsupported('an Arrow file. Save it as Parquet');
  const encoding = sniffEncoding(head);
  if (encoding === null) throw unsupported('a binary file of a kind that is not known here');
  const text = new TextDecoder(encoding).decode(head).trimStart();
  return text.startsWith('{') || text.startsWith('[') ? 'jsonl' : 'csv';
}

function unsupported(what: string): DomainError {
  return new DomainError(
    'UNSUPPORTED',
    `This is ${what}. Tables come in as CSV, JSON Lines or Parquet, mails as a tar or tar.gz.`,
  );
}

/** Does a block begin with a tar header? Its checksum decides, so that archives without `ustar` count too. */
export function isTar(head: Buffer): boolean {
  if (head.length < 512) return false;
  const stated = Number.parseInt(
    head
      .subarray(148, 156)
      .toString('latin1')
      .replace(/[\0 ]+/g, ''),
    8,
  );
  let sum = 0;
  for (let i = 0; i < 512; i += 1) sum += i >= 148 && i < 156 ? 32 : (head[i] ?? 0);
  return Number.isFinite(stated) && stated === sum;
}

/**
 * The encoding of a text by its first bytes: byte order mark, else UTF-8 where it decodes, else Windows-1252. Null for
 * what is no text. A character that the end cuts off doesn't count.
 */
export function sniffEncoding(head: Buffer): Encoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > head.length * 0.2 && even < odd * 0.1) return 'utf-16le';
  if (even > head.length * 0.2 && odd < even * 0.1) return 'utf-16be';
  if (even + odd > 0) return null;
  return isUtf8(head) ? 'utf-8' : 'windows-1252';
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * Writes a text file as UTF-8 without a byte order mark; `bytes` limits it to its beginning, up to a whole line.
 * Bytes that the encoding doesn't know become U+FFFD where it was named by a person; where it was guessed to be UTF-8
 * and a later byte isn't, the whole is read as Windows-1252.
 */
export async function writeUtf8(
  source: string,
  target: string,
  o: { encoding: Encoding | undefined; bytes?: number },
): Promise<{ encoding: Encoding; whole: boolean }> {
  const guessed = o.encoding ?? sniffEncoding(await readHead(source, 64 * 1024));
  if (guessed === null) throw new DomainError('UNSUPPORTED', 'The file holds zero bytes, so it is no text.');
  const { size } = await stat(source);
  const whole = o.bytes === undefined || size <= o.bytes;
  const strict = o.encoding === undefined && guessed === 'utf-8';
  try {
    await transcode(source, target, { encoding: guessed, strict, end: whole ? undefined : o.bytes });
    return { encoding: guessed, whole };
  } catch (error) {
    if (!strict || !(error instanceof TypeError)) throw error;
    await transcode(source, target, { encoding: 'windows-1252', strict: false, end: whole ? undefined : o.bytes });
    return { encoding: 'windows-1252', whole };
  }
}

async function transcode(
  source: string,
  target: string,
  o: { encoding: Encoding; strict: boolean; end: number | undefined },
): Promise<void> {
  const decoder = new TextDecoder(o.encoding, { fatal: o.strict });
  const input = createReadStream(source, { highWaterMark: 1024 * 1024, ...(o.end === undefined ? {} : { end: o.end - 1 }) });
  await pipeline(
    input,
    async function* decode(chunks: AsyncIterable<Buffer>) {
      let held = '';
      for await (const chunk of chunks) {
        const text = held + decoder.decode(chunk, { stream: true });
        const lineEnd = o.end === undefined ? text.length : text.lastIndexOf('\n') + 1;
        held = text.slice(lineEnd);
        yield text.slice(0, lineEnd);
      }
      if (o.end === undefined) yield decoder.decode();
    },
    createWriteStream(target, { mode: 0o600 }),
  );
}
