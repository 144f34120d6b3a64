import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hashToken, randomToken } from './tokens.ts';

describe('secrets', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stagecraft-secret-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** The module as a process that starts with this setting has it. */
  async function load(secret?: string) {
    vi.resetModules();
    const { config } = await import('#server/config.ts');
    Object.assign(config, { dataDir: folder, secret });
    return import('./secret.ts');
  }

  test('a first start makes one for the owner only, and the next finds it', async () => {
    const first = (await load()).appSecret();
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
    expect((await load()).appSecret()).toEqual(first);
    expect(first).toHaveLength(32);
  });

  test('what was encrypted under the file is readable under a new secret in the environment', async () => {
    const sealed = (await load()).encrypt('the password of a bucket');
    const next = await load('a new secret of more than 32 characters');
    expect(next.decrypt(sealed)).toBe('the password of a bucket');
    const fresh = next.encrypt('x');
    expect(fresh.split('.')[1]).not.toBe(sealed.split('.')[1]);
    const elsewhere = await load();
    expect(() => elsewhere.decrypt(fresh)).toThrow('its key is gone');
  });

  test('two encryptions of one text differ, and neither holds it or the secret', async () => {
    const { encrypt } = await load();
    const [a, b] = [encrypt('hello'), encrypt('hello')];
    expect(a).not.toBe(b);
    expect(a).not.toContain(Buffer.from('hello').toString('base64url'));
    expect(a).not.toContain(readFileSync(join(folder, 'secret'), 'utf8').trim());
  });

  test('an altered text is refused, and so is nonsense', async () => {
    const { encrypt, decrypt } = await load();
    const parts = encrypt('hello').split('.');
    const text = Buffer.from(parts[4] ?? '', 'base64url');
    text[0] = (text[0] ?? 0) ^ 1;
    expect(() => decrypt([...parts.slice(0, 4), text.toString('base64url')].join('.'))).toThrow('altered');
    expect(() => decrypt('nonsense')).toThrow('can no longer be read');
  });
});

test('tokens are 256 random bits with a prefix, stored as their hash', () => {
  const { token, hash, prefix } = randomToken('sc_');
  expect(token).toMatch(/^sc_[\w-]{43}$/);
  expect(hash).toBe(hashToken(token));
  expect(token.startsWith(prefix)).toBe(true);
  expect(randomToken('sc_').token).not.toBe(token);
  // SHA-256 of "abc": FIPS 180-2, appendix B.1.
  expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
