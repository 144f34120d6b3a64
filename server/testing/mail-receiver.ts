import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A real SMTP server on this host that keeps what it is given. */
export type MailReceiver = {
  port: number;
  mails: { to: string[]; secure: boolean; user: string | null; raw: string; read: Email }[];
  close(): Promise<void>;
};

const receivers: MailReceiver[] = [];

/**
 * Starts a receiver. With `password` it wants a sign-in of the user `stagecraft`; `refuse` answers each recipient with
 * that code; `silent` takes the connection and never says a word.
 */
export async function startMailReceiver(
  o: { password?: string; refuse?: { code: number; message: string }; silent?: boolean } & SMTPServerOptions = {},
): Promise<MailReceiver> {
  const { password, refuse, silent, ...options } = o;
  const mails: MailReceiver['mails'] = [];
  const server = new SMTPServer({
    authOptional: password === undefined,
    logger: false,
    onConnect: (_session, done) => {
      if (!silent) done();
    },
    onAuth: ({ username, password: given }, _session, done) => {
      if (username === 'stagecraft' && given === password) return done(null, { user: username });
      done(Object.assign(new Error('535 5.7.8 Wrong user or password'), { responseCode: 535 }));
    },
    onRcptTo: (_address, _session, done) => {
      done(refuse ? Object.assign(new Error(refuse.message), { responseCode: refuse.code }) : null);
    },
    onData: async (stream, session, done) => {
      const parts: Buffer[] = [];
      for await (const part of stream) parts.push(part as Buffer);
      const raw = Buffer.concat(parts).toString('utf8');
      const read = await PostalMime.parse(raw);
      const to = session.envelope.rcptTo.map((one) => one.address);
      mails.push({ to, secure: session.secure, user: session.user ?? null, raw, read });
      done(null, 'taken');
    },
    ...options,
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const receiver = {
    port: (server.server.address() as AddressInfo).port,
    mails,
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
  receivers.push(receiver);
  return receiver;
}

/** Ends every receiver of this test file. */
export async function closeMailReceivers(): Promise<void> {
  await Promise.all(receivers.splice(0).map((one) => one.close()));
}
