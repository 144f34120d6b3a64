import { z } from 'zod';

/** `starttls` begins in the clear and insists on TLS; `tls` is encrypted from the first byte; `none` never. */
export const MAIL_SECURITY = ['starttls', 'tls', 'none'] as const;
export const mailSecurity = z.enum(MAIL_SECURITY);
export type MailSecurity = z.infer<typeof mailSecurity>;

export const mailServerView = z.object({
  source: z.enum(['environment', 'settings']),
  host: z.string(),
  port: z.number().int(),
  security: mailSecurity,
  user: z.string(),
  hasPassword: z.boolean(),
  from: z.string(),
});
export type MailServerView = z.infer<typeof mailServerView>;

export const mailMessage = z.object({
  id: z.uuid(),
  to: z.string(),
  subject: z.string(),
  status: z.enum(['queued', 'sent', 'failed', 'dropped']),
  attempts: z.number().int(),
  /** What the server said, or why it couldn't be reached. */
  answer: z.string().nullable(),
  createdAt: z.date(),
  sentAt: z.date().nullable(),
});
export type MailMessage = z.infer<typeof mailMessage>;

export const mailOutput = z.object({
  server: mailServerView.nullable(),
  /** 0 while nothing is set here. */
  version: z.number().int(),
  /** What links in mails begin with. */
  consoleUrl: z.string(),
  last: z.array(mailMessage),
});
export type MailOutput = z.infer<typeof mailOutput>;

export const saveMailInput = z.object({
  version: z.number().int().min(0),
  host: z
    .string()
    .trim()
    .min(1, 'Name the mail server.')
    .max(255)
    .regex(/^[^\s/]+$/, 'A name or an address, without a scheme.'),
  port: z.number().int().min(1).max(65_535),
  security: mailSecurity,
  user: z.string().trim().max(255),
  /** Left out: the stored one stays. Empty: none. */
  password: z.string().max(1000).optional(),
  from: z
    .string()
    .trim()
    .min(3)
    .max(320)
    .regex(/^([^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, 'Like "Stagecraft <stagecraft@example.org>".'),
});
export type SaveMailInput = z.infer<typeof saveMailInput>;

export const testMailInput = z.object({ to: z.email('This is no e-mail address.').max(320) });
export const testMailOutput = z.object({
  ok: z.boolean(),
  /** The server's own words, or why it couldn't be reached. */
  answer: z.string(),
  ms: z.number(),
});
export type TestMailOutput = z.infer<typeof testMailOutput>;
