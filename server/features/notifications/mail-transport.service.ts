import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import { messageOf } from '#server/errors.ts';
import type { MailServer } from './mail-server.service.ts';
import type { MailWords } from './mail-words.view.ts';

const CONNECT_MS = 8_000;
const SILENCE_MS = 15_000;

export type SendAnswer =
  | { ok: true; answer: string }
  /** `final`: trying again changes nothing (the address or the mail was refused). */
  | { ok: false; final: boolean; answer: string };

/**
 * Hands one mail to the server, on a connection of its own. Never throws, and its answer never holds the password.
 * With `starttls` a server that doesn't offer TLS is refused: a password and the mails never go over the wire in the clear.
 */
export async function sendMail(server: MailServer, to: { name: string; email: string }, words: MailWords): Promise<SendAnswer> {
  let password: string | null = null;
  let transport: Transporter | undefined;
  try {
    password = server.password();
    transport = createTransport({
      host: server.host,
      port: server.port,
      secure: server.security === 'tls',
      requireTLS: server.security === 'starttls',
      ignoreTLS: server.security === 'none',
      ...(server.user ? { auth: { user: server.user, pass: password ?? '' } } : {}),
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const sent = await transport.sendMail(mailOf(server, to, words));
    return { ok: true, answer: sent.response ?? '' };
  } catch (error) {
    const answer = hide(messageOf(error), password);
    return { ok: false, final: isFinal(error), answer: explain(error, answer) };
  } finally {
    transport?.close();
  }
}

function mailOf(server: MailServer, to: { name: string; email: string }, words: MailWords): SendMailOptions {
  return {
    from: server.from,
    to: { name: to.name, address: to.email },
    subject: words.subject,
    text: words.text,
    html: words.html,
    headers: {
      'List-Unsubscribe': `<${words.preferencesUrl}>`,
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
  };
}

type SmtpError = { code?: unknown; responseCode?: unknown };

/** Of the mail itself or its address: SMTP's 5yz is a lasting refusal (RFC 5321, 4.2.1). A sign-in or TLS is corrected by an administrator. */
function isFinal(error: unknown): boolean {
  const { code, responseCode } = error as SmtpError;
  return (code === 'EENVELOPE' || code === 'EMESSAGE') && typeof responseCode === 'number' && responseCode >= 500;
}

function explain(error: unknown, answer: string): string {
  switch ((error as SmtpError).code) {
    case 'EAUTH':
      return `The server refuses the user or the password. It said: ${answer}`;
    case 'ETLS':
      return `The server does not offer STARTTLS, or its certificate is not trusted. ${answer}`;
    case 'ETIMEDOUT':
      return `The server did not answer in time. ${answer}`;
    case 'ECONNECTION':
    case 'ESOCKET':
    case 'EDNS':
      return `The server could not be reached. ${answer}`;
    default:
      return answer;
  }
}

function hide(text: string, password: string | null): string {
  return password ? text.replaceAll(password, '…') : text;
}
