import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import { afterAll, expect, test } from 'vitest';
import type { ArchiveEntry } from './mail-archive.ts';
import { readArchive } from './mail-archive.ts';

const folder = mkdtempSync(join(tmpdir(), 'stagecraft-archive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function archive(entries: { header: tar.Headers; body?: string }[]): Promise<Buffer> {
  const pack = tar.pack();
  for (const { header, body } of entries) pack.entry(header, body ?? '');
  pack.finalize();
  return buffer(pack);
}

function save(bytes: Buffer): string {
  const path = join(folder, `${Math.random()}`);
  writeFileSync(path, bytes);
  return path;
}

async function entriesOf(path: string, limits = {}): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = [];
  await readArchive(path, async (entry) => entries.push(entry) > 0, { limits });
  return entries;
}

test('plain and packed archives give the same entries, folders none', async () => {
  const bytes = await archive([
    { header: { name: 'mails/', type: 'directory' } },
    { header: { name: './mails/a.txt' }, body: 'one' },
    { header: { name: 'b' }, body: 'two' },
  ]);
  const plain = await entriesOf(save(bytes));
  expect(plain.map(({ name, raw }) => [name, raw.toString()])).toEqual([
    ['mails/a.txt', 'one'],
    ['b', 'two'],
  ]);
  expect(await entriesOf(save(gzipSync(bytes)))).toEqual(plain);
});

test('links and devices are refused, hostile paths stay names', async () => {
  const entries = await entriesOf(
    save(
      await archive([
        { header: { name: 'link', type: 'symlink', linkname: '/etc/passwd' } },
        { header: { name: '../../../etc/cron.d/x' }, body: 'text' },
      ]),
    ),
  );
  expect(entries.map((entry) => entry.refusal?.reason ?? 'taken')).toEqual(['not a regular file', 'taken']);
  expect(entries[1]?.name).toBe('../../../etc/cron.d/x');
});

test('limits of one entry, of all together and of their number', async () => {
  const path = save(
    await archive([
      { header: { name: 'a' }, body: 'x'.repeat(2000) },
      { header: { name: 'b' }, body: 'y' },
    ]),
  );
  const cut = await entriesOf(path, { entryBytes: 1000, keptBytes: 10 });
  expect(cut.map((entry) => [entry.refusal?.reason, entry.raw.length])).toEqual([
    ['too large', 10],
    [undefined, 1],
  ]);
  await expect(entriesOf(path, { totalBytes: 100 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
  await expect(entriesOf(path, { entries: 1 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
});

test('a broken archive says so', async () => {
  const bytes = gzipSync(await archive([{ header: { name: 'a' }, body: 'x'.repeat(200_000) }]));
  await expect(entriesOf(save(bytes.subarray(0, bytes.length - 200)))).rejects.toMatchObject({ code: 'INVALID' });
  const plain = await archive([{ header: { name: 'a' }, body: 'x'.repeat(5000) }]);
  await expect(entriesOf(save(plain.subarray(0, 1500)))).rejects.toMatchObject({ code: 'INVALID' });
  await expect(entriesOf(save(Buffer.alloc(2000, 65)))).rejects.toMatchObject({ code: 'INVALID' });
});

test('reading can stop early', async () => {
  const path = save(
    await archive([
      { header: { name: 'a' }, body: 'x' },
      { header: { name: 'b' }, body: 'y' },
    ]),
  );
  const names: string[] = [];
  await readArchive(path, async (entry) => {
    names.push(entry.name);
    return false;
  });
  expect(names).toEqual(['a']);
});
