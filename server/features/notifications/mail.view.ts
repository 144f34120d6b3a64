import type { MailMessage, MailServerView } from './mail.schema.ts';

/** A mail server without its password. */
export function toMailServer({ source, host, port, security, user, from, hasPassword }: MailServerView): MailServerView {
  return { source, host, port, security, user, from, hasPassword };
}

type Row = Omit<MailMessage, 'status' | 'answer'> & { status: string; answer: string | null; error: string | null };

/** A mail in the list of the last ones. */
export function toMailMessage(row: Row): MailMessage {
  const { id, to, subject, attempts, createdAt, sentAt } = row;
  return {
    id,
    to,
    subject,
    attempts,
    createdAt,
    sentAt,
    status: row.status as MailMessage['status'],
    answer: row.error ?? row.answer,
  };
}
