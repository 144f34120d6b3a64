import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { ArchiveEntry } from './mail-archive.ts';
import { readArchive } from './mail-archive.ts';
import { BODY_LIMIT, parseMail } from './mail-message.ts';

export type MailFiles = { mails: string; rejects: string };

/** Reads all mails of an archive into two files of JSON lines, one of rows and one of what goes to quarantine. */
export async function writeMailRows(
  archive: string,
  files: MailFiles,
  o: { signal: AbortSignal; read: (bytes: number, mails: number) => void },
): Promise<{ notes: string[]; mails: number }> {
  const mails = lineWriter(files.mails);
  const rejects = lineWriter(files.rejects);
  const names = new Set<string>();
  let rows = 0;
  let cut = 0;
  const reject = (entry: ArchiveEntry, refusal: { reason: string; detail: string }) =>
    rejects.write({ place: entry.name || '(no name)', ...refusal, raw: entry.raw.toString('base64') });
  const take = async (entry: ArchiveEntry): Promise<boolean> => {
    o.signal.throwIfAborted();
    if (entry.refusal) await reject(entry, entry.refusal);
    else if (names.has(entry.name))
      await reject(entry, { reason: 'a file name that came before', detail: `another entry is called ${entry.name} too` });
    else {
      names.add(entry.name);
      const mail = await parseMail(entry.raw);
      if ('reason' in mail) await reject(entry, mail);
      else {
        if (mail.cut) cut += 1;
        await mails.write({
          n: rows,
          id: entry.name,
          received_at: mail.receivedAt.toISOString().slice(0, 19).replace('T', ' '),
          from_domain: mail.fromDomain,
          subject: mail.subject,
          body: mail.body,
        });
        rows += 1;
      }
    }
    return true;
  };
  try {
    await readArchive(archive, take, { signal: o.signal, read: (bytes) => o.read(bytes, rows) });
  } finally {
    await Promise.all([mails.close(), rejects.close()]);
  }
  const notes =
    cut > 0
      ? [
          `${cut} ${cut === 1 ? 'body is' : 'bodies are'} longer than ${BODY_LIMIT.toLocaleString('en')} characters and cut there.`,
        ]
      : [];
  return { notes, mails: rows };
}

/** The first mails of an archive, for a person to look at before anything is imported. */
export async function peekMails(
  archive: string,
  limit: number,
): Promise<{ rows: (string | null)[][]; troubles: { place: string; reason: string; raw: string }[]; seen: number }> {
  const rows: (string | null)[][] = [];
  const troubles: { place: string; reason: string; raw: string }[] = [];
  let seen = 0;
  await readArchive(archive, async (entry) => {
    seen += 1;
    const mail = entry.refusal ?? (await parseMail(entry.raw));
    if ('reason' in mail)
      troubles.push({ place: entry.name, reason: mail.reason, raw: entry.raw.subarray(0, 300).toString('latin1') });
    else
      rows.push([
        entry.name,
        mail.receivedAt.toISOString(),
        mail.fromDomain,
        mail.subject.slice(0, 200),
        mail.body.slice(0, 200),
        null,
      ]);
    return seen < limit;
  });
  return { rows, troubles, seen };
}

function lineWriter(path: string) {
  const stream = createWriteStream(path, { mode: 0o600 });
  const done = finished(stream);
  done.catch(() => undefined);
  return {
    async write(value: unknown): Promise<void> {
      if (stream.write(`${JSON.stringify(value)}\n`)) return;
      await new Promise<void>((resolve, reject) => {
        stream.once('drain', resolve);
        stream.once('error', reject);
      });
    },
    async close(): Promise<void> {
      stream.end();
      await done;
    },
  };
}
