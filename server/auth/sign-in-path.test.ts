import { expect, test } from 'vitest';
import { PATH_HEADER, signInPath } from '#server/auth/sign-in-path.ts';

test('sign-in remembers the address that was asked for', () => {
  expect(signInPath(new Headers({ [PATH_HEADER]: '/mail/audit?actor=Sam' }))).toBe('/sign-in?next=%2Fmail%2Faudit%3Factor%3DSam');
  expect(signInPath(new Headers({ [PATH_HEADER]: '/' }))).toBe('/sign-in');
  expect(signInPath(new Headers())).toBe('/sign-in');
});
