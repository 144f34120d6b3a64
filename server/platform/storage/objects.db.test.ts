import { randomBytes } from 'node:crypto';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { config } from '#server/config.ts';
import { db } from '#server/platform/db/client.ts';
import { createProject } from '#server/testing/factories.ts';
import { openObject, pathOf, putObject, putObjectFile, readObject, temporaryFolder } from './objects.ts';
import { sweepObjects } from './sweep.ts';

const text = { mediaType: 'text/plain' };
const leftovers = () => readdir(temporaryFolder());

async function age(key: string): Promise<void> {
  await db.storedObject.update({ where: { key }, data: { createdAt: new Date('2020-01-01') } });
  await utimes(pathOf(key), new Date('2020-01-01'), new Date('2020-01-01'));
}

describe('storing', () => {
  test('the key is the SHA-256 of the bytes, and equal bytes are one object', async () => {
    const first = await putObject('hello', text);
    const second = await putObject(Readable.from([Buffer.from('hel'), Buffer.from('lo')]), text);
    // SHA-256 of "hello", as `printf hello | sha256sum` prints it.
    expect(first).toEqual({ key: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824', size: 5 });
    expect(second).toEqual(first);
    expect((await readObject(first.key)).toString()).toBe('hello');
    expect(await db.storedObject.count({ where: { key: first.key } })).toBe(1);
  });

  test('past the limit nothing is stored and nothing is left behind', async () => {
    const big = Readable.from(
      (function* () {
        for (let i = 0; i < 64; i += 1) yield randomBytes(65_536);
      })(),
    );
    await expect(putObject(big, { ...text, maxBytes: 1_000_000 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
    expect(await leftovers()).toEqual([]);
  });

  test('a source that breaks off half way leaves no object', async () => {
    const torn = Readable.from(
      (async function* () {
        yield Buffer.from('half');
        throw new Error('the upload broke off');
      })(),
    );
    const before = await db.storedObject.count();
    await expect(putObject(torn, text)).rejects.toThrow('broke off');
    expect(await db.storedObject.count()).toBe(before);
    expect(await leftovers()).toEqual([]);
  });

  test('two writers of the same bytes at once both succeed', async () => {
    const bytes = randomBytes(300_000);
    const refs = await Promise.all(Array.from({ length: 8 }, () => putObject(bytes, text)));
    expect(new Set(refs.map((ref) => ref.key)).size).toBe(1);
    expect(await readObject(refs[0]?.key ?? '')).toEqual(bytes);
  });

  test('a finished file moves in', async () => {
    const path = join(config.dataDir, 'finished');
    await writeFile(path, 'finished');
    const ref = await putObjectFile(path, text);
    const chunks = await (await openObject(ref.key)).toArray();
    expect(Buffer.concat(chunks).toString()).toBe('finished');
    await expect(readObject(ref.key, { maxBytes: 3 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  test('a key that is no key reaches no file', async () => {
    await expect(openObject('../../etc/passwd')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(openObject('0'.repeat(64))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the sweep', () => {
  test('removes what nothing owns, and only after the grace time', async () => {
    const young = await putObject('young and unowned', text);
    const old = await putObject('old and unowned', text);
    const owned = await putObject('old and owned', text);
    await age(old.key);
    await age(owned.key);
    const project = await createProject();
    await db.upload.create({ data: { projectId: project.id, filename: 'a.txt', size: 1n, objectKey: owned.key } });
    const swept = await sweepObjects();
    expect(swept).toEqual({ removed: 1, bytes: old.size });
    await expect(openObject(old.key)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const kept of [young, owned]) expect((await readObject(kept.key)).length).toBe(kept.size);
  });

  test('bytes stored anew survive a sweep of their first life', async () => {
    const first = await putObject('back again', text);
    await age(first.key);
    const again = await putObject('back again', text);
    await sweepObjects();
    expect((await readObject(again.key)).toString()).toBe('back again');
  });
});
