import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { config } from '#server/config.ts';
import { DomainError } from '#server/errors.ts';

let known: string[] | undefined;

/**
 * The secrets of this installation, the present one first. They stand a line each in the data folder's `secret`
 * (made at the first start, mode 600); STAGECRAFT_SECRET goes before them, so that it can be changed and what was
 * encrypted earlier stays readable.
 */
function secrets(): string[] {
  if (!known) {
    const file = join(config.dataDir, 'secret');
    if (!config.secret) makeSecret(file);
    known = [...(config.secret ? [config.secret] : []), ...readLines(file)];
  }
  return known;
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

/** Processes that start at once must agree on one secret: a whole file is linked to its name, which only one can do. */
function makeSecret(file: string): void {
  if (readLines(file).length) return;
  mkdirSync(config.dataDir, { recursive: true });
  const temporary = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(temporary, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  try {
    linkSync(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function derive(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'stagecraft', purpose, 32));
}

function keyId(secret: string): string {
  return createHash('sha256').update(derive(secret, 'key id')).digest('hex').slice(0, 8);
}

/** 32 bytes that only this installation has: for signing. Derived, so that they tell nothing about other uses. */
export function appSecret(): Buffer {
  return derive(secrets()[0] as string, 'application');
}

/** Encrypts a text with AES-256-GCM. The answer names the key, so that keys can change: `v1.<key>.<nonce>.<tag>.<text>`. */
export function encrypt(plain: string): string {
  const secret = secrets()[0] as string;
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', derive(secret, 'encryption'), nonce);
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return ['v1', keyId(secret), ...[nonce, cipher.getAuthTag(), text].map((part) => part.toString('base64url'))].join('.');
}

/**
 * Reads what `encrypt` wrote.
 * @throws DomainError INTERNAL when its key isn't known any more, or the text was altered
 */
export function decrypt(sealed: string): string {
  const [version, id, nonce, tag, text] = sealed.split('.');
  const secret = secrets().find((candidate) => keyId(candidate) === id);
  if (version !== 'v1' || !secret || nonce === undefined || tag === undefined || text === undefined) {
    throw new DomainError(
      'INTERNAL',
      'A stored secret can no longer be read: its key is gone. Put the earlier secret back (STAGECRAFT_SECRET or the file "secret" of the data folder), or enter it anew.',
    );
  }
  try {
    const decipher = createDecipheriv('aes-256-gcm', derive(secret, 'encryption'), Buffer.from(nonce, 'base64url'));
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new DomainError('INTERNAL', 'A stored secret was altered and can no longer be read: enter it anew.', undefined, {
      cause: error,
    });
  }
}
