import { expect, test } from 'vitest';
import { callerOf } from '#server/auth/caller.ts';
import { readCookie, sessionCookieName } from '#server/auth/cookies.ts';

test('one cookie is read out of many', () => {
  const header = 'theme=dark; stagecraft.session=abc%2Bdef; stagecraft.session.0=other';
  expect(readCookie(header, 'stagecraft.session')).toBe('abc+def');
  expect(readCookie(header, 'session')).toBeNull();
  expect(readCookie(null, 'theme')).toBeNull();
  expect(readCookie('broken=%E0%A4%A; =x; y', 'broken')).toBe('%E0%A4%A');
});

test('the session cookie has the prefix that browsers bind to HTTPS', () => {
  expect(sessionCookieName(true)).toBe('__Secure-stagecraft.session');
  expect(sessionCookieName(false)).toBe('stagecraft.session');
});

test('the address is the one that our own server wrote, whatever the client says', () => {
  const headers = new Headers({
    'x-stagecraft-address': '::ffff:10.0.0.9',
    'x-forwarded-for': '1.2.3.4',
    'user-agent': 'curl/8',
  });
  expect(callerOf(headers)).toEqual({ address: '10.0.0.9', userAgent: 'curl/8' });
  expect(callerOf(new Headers())).toEqual({ address: '', userAgent: '' });
});
