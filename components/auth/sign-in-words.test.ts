import { expect, test } from 'vitest';
import { safeNext, signInReason } from './sign-in-words.ts';

test('every refusal says what to do', () => {
  expect(signInReason('wrong')).toMatch(/capitals/);
  expect(signInReason('limited:61')).toBe('Too many attempts. Try again in 2 minutes.');
  expect(signInReason('limited:3')).toBe('Too many attempts. Try again in a minute.');
  expect(signInReason('limited:x')).toMatch(/a minute/);
  expect(signInReason('OAuthCallback')).toMatch(/identity provider/);
  expect(signInReason('nobody-knows')).toMatch(/Try again/);
});

test.each([
  ['/mail/models', '/mail/models'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['/sign-in?next=/x', '/'],
  [undefined, '/'],
])('after signing in, %s leads to %s', (next, path) => {
  expect(safeNext(next)).toBe(path);
});
