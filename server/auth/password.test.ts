import { expect, test } from 'vitest';
import { assertGoodPassword, hashPassword, verifyPassword } from '#server/auth/password.ts';

test('a password is stored as argon2id and recognised', async () => {
  const stored = await hashPassword('correct horse battery');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(stored, 'correct horse battery')).toBe(true);
  expect(await verifyPassword(stored, 'correct horse batterY')).toBe(false);
  expect(await verifyPassword('not a hash', 'x')).toBe(false);
});

test('an unknown person costs as much time as a wrong password', async () => {
  const stored = await hashPassword('correct horse battery');
  await verifyPassword(null, 'warm');
  const known = await fastest(() => verifyPassword(stored, 'wrong'));
  const unknown = await fastest(() => verifyPassword(null, 'wrong'));
  expect(unknown / known).toBeGreaterThan(0.5);
  expect(unknown / known).toBeLessThan(2);
});

async function fastest(run: () => Promise<boolean>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 7; i += 1) {
    const start = performance.now();
    expect(await run()).toBe(false);
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}

test.each([
  ['short', /at least 10/],
  ['a'.repeat(201), /longer than 200/],
  ['aaaaaaaaaaaaaa', /easy to guess/],
  ['ann@example.org!', /easy to guess/],
])('%s is refused as a new password', (password, reason) => {
  expect(() => assertGoodPassword(password, 'Ann@example.org')).toThrow(reason);
});

test('a good password is taken', () => {
  expect(() => assertGoodPassword('violet-hammer-42', 'ann@example.org')).not.toThrow();
});
