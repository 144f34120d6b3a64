import type { Actor } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { encrypt } from '#server/platform/crypto/secret.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { consoleUrl } from './console-url.service.ts';
import type { MailOutput, SaveMailInput, TestMailOutput } from './mail.schema.ts';
import { toMailMessage, toMailServer } from './mail.view.ts';
import { mailServer } from './mail-server.service.ts';
import { deleteMailSetting, findMailSetting, saveMailSetting } from './mail-settings.repo.ts';
import { sendMail } from './mail-transport.service.ts';
import { mailOfTest } from './mail-words.view.ts';
import { findLastMails } from './mails.repo.ts';

type Person = Actor & { id: string };
const LAST = 50;
const TARGET = { type: 'mail', id: 'mail', name: 'mail server' };

/** The mail server as an administrator sees it, without its password, and the last mails. */
export async function getMail(): Promise<MailOutput> {
  const [server, row, url, last] = await Promise.all([
    mailServer(db),
    findMailSetting(db),
    consoleUrl(),
    findLastMails(db, LAST),
  ]);
  return {
    server: server ? toMailServer(server) : null,
    version: row?.version ?? 0,
    consoleUrl: url,
    last: last.map(toMailMessage),
  };
}

/**
 * Sets the mail server. A password that is left out stays as it is, for the same server and user only.
 * @throws DomainError CONFLICT when somebody else has set it meanwhile
 */
export async function saveMail(person: Person, input: SaveMailInput, now: Date = new Date()): Promise<MailOutput> {
  await transaction(async (tx) => {
    const before = await findMailSetting(tx);
    const { version, password, user, from, ...server } = input;
    const moved = before && (before.host !== server.host || before.userName !== user);
    if (password === undefined && moved && before.passwordSealed) {
      throw new DomainError('INVALID', 'The server or the user is another one now: enter its password too.');
    }
    const kept = before?.passwordSealed ?? null;
    const passwordSealed = password === undefined ? kept : password === '' ? null : encrypt(password);
    const row = { ...server, userName: user, fromAddress: from, passwordSealed, updatedById: person.id, updatedAt: now };
    if (!(await saveMailSetting(tx, version, row))) {
      throw new DomainError('CONFLICT', 'Somebody else has changed the mail server meanwhile. Look at it again, then change it.');
    }
    await recordAudit(
      tx,
      { actor: person, projectId: null },
      {
        action: 'mail.changed',
        target: TARGET,
        details: { ...server, user, from, password: password === undefined ? 'kept' : password === '' ? 'none' : 'changed' },
      },
    );
  });
  return getMail();
}

/** Takes the mail server away; from now on nothing is mailed. */
export async function removeMail(person: Person): Promise<MailOutput> {
  await transaction(async (tx) => {
    if (!(await deleteMailSetting(tx))) throw notFound('mail server');
    await recordAudit(tx, { actor: person, projectId: null }, { action: 'mail.removed', target: TARGET });
  });
  return getMail();
}

/**
 * Sends a mail now and says what the server answered.
 * @throws DomainError INVALID while no server is set
 */
export async function testMail(person: Person, to: string): Promise<TestMailOutput> {
  const server = await mailServer(db);
  if (!server) throw new DomainError('INVALID', 'No mail server is set. Save one first.');
  const started = performance.now();
  const sent = await sendMail(server, { name: '', email: to }, mailOfTest(person.name, await consoleUrl()));
  await transaction((tx) =>
    recordAudit(
      tx,
      { actor: person, projectId: null },
      { action: 'mail.tested', target: TARGET, details: { to, ok: sent.ok, answer: sent.answer } },
    ),
  );
  return { ok: sent.ok, answer: sent.answer, ms: Math.round(performance.now() - started) };
}
