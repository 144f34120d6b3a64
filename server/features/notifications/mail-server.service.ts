import { config } from '#server/config.ts';
import { decrypt } from '#server/platform/crypto/secret.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { MailSecurity } from './mail.schema.ts';
import { findMailSetting } from './mail-settings.repo.ts';

export type MailServer = {
  host: string;
  port: number;
  security: MailSecurity;
  user: string;
  /** Opens the password only where it is needed: the server's description itself goes into logs and answers. */
  password: () => string | null;
  hasPassword: boolean;
  from: string;
  source: 'environment' | 'settings';
};

/** The mail server of this installation, or null: the environment's goes before the administrator's. */
export async function mailServer(tx: Tx): Promise<MailServer | null> {
  if (config.mail) {
    const { password, ...server } = config.mail;
    return { ...server, password: () => password ?? null, hasPassword: password !== undefined, source: 'environment' };
  }
  const row = await findMailSetting(tx);
  if (!row) return null;
  const { passwordSealed } = row;
  return {
    host: row.host,
    port: row.port,
    security: row.security as MailSecurity,
    user: row.userName,
    password: () => (passwordSealed ? decrypt(passwordSealed) : null),
    hasPassword: passwordSealed !== null,
    from: row.fromAddress,
    source: 'settings',
  };
}
