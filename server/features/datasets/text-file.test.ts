import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { sniffEncoding, sniffFormat, writeUtf8 } from './text-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'stagecraft-text-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function through(bytes: Buffer, o: { encoding?: 'windows-1252'; bytes?: number } = {}) {
  const source = join(folder, 'source');
  const target = join(folder, 'target');
  writeFileSync(source, bytes);
  const result = await writeUtf8(source, target, { encoding: o.encoding, ...(o.bytes ? { bytes: o.bytes } : {}) });
  return { ...result, text: readFileSync(target, 'utf8') };
}

test('formats are told by their first bytes', () => {
  expect(sniffFormat(Buffer.from('PAR1....'))).toBe('parquet');
  expect(sniffFormat(Buffer.from(' {"a":1}\n'))).toBe('jsonl');
  expect(sniffFormat(Buffer.from('\n[{"a":1}]'))).toBe('jsonl');
  expect(sniffFormat(Buffer.from('a,b\n'))).toBe('csv');
  expect(sniffFormat(gzipSync('x'))).toBe('gzip');
});

test.each([
  ['', 'INVALID'],
  ['PK\x03\x04', 'UNSUPPORTED'],
  ['\x00\x01\x02binary', 'UNSUPPORTED'],
])('%j is refused as %s', (text, code) => {
  expect(() => sniffFormat(Buffer.from(text, 'latin1'))).toThrow(expect.objectContaining({ code }));
});

test('encodings: UTF-8, Windows-1252 and UTF-16, with and without a byte order mark', () => {
  expect(sniffEncoding(Buffer.from('grün'))).toBe('utf-8');
  expect(sniffEncoding(Buffer.from('grün').subarray(0, 3))).toBe('utf-8');
  expect(sniffEncoding(Buffer.from('grün', 'latin1'))).toBe('windows-1252');
  expect(sniffEncoding(Buffer.from('a,b\n1,2', 'utf16le'))).toBe('utf-16le');
  expect(sniffEncoding(Buffer.from('\ufeffa', 'utf16le'))).toBe('utf-16le');
});

test('all of them become UTF-8 without a mark', async () => {
  expect(await through(Buffer.from('\ufeffgrün,1\n'))).toMatchObject({ text: 'grün,1\n', encoding: 'utf-8' });
  expect(await through(Buffer.from('grün € 1\n', 'latin1'))).toMatchObject({ encoding: 'windows-1252' });
  expect(await through(Buffer.from('\ufeffgrün\n', 'utf16le'))).toMatchObject({ text: 'grün\n', encoding: 'utf-16le' });
});

test('a late byte that is no UTF-8 makes the whole Windows-1252', async () => {
  const late = Buffer.concat([Buffer.alloc(100_000, 97), Buffer.from([0xe4, 10])]);
  const { text, encoding } = await through(late);
  expect(encoding).toBe('windows-1252');
  expect(text.endsWith('aä\n')).toBe(true);
});

test('a beginning ends at a whole line', async () => {
  expect(await through(Buffer.from('one\ntwo\nthree\n'), { bytes: 9 })).toMatchObject({ text: 'one\ntwo\n', whole: false });
});
