import { expect, test } from 'vitest';
import { assertUsable, linkState } from '#server/features/people/links.policy.ts';
import { assertAdministratorRemains } from '#server/features/people/people.policy.ts';
import { deviceOf, toOwnSession } from '#server/features/people/people.view.ts';

const now = new Date('2026-03-01T12:00:00Z');
const later = new Date('2026-03-02T12:00:00Z');
const before = new Date('2026-02-28T12:00:00Z');

test('a link is open, used, taken back or expired, in this order of reasons', () => {
  expect(linkState({ usedAt: null, revokedAt: null, expiresAt: later }, now)).toBe('open');
  expect(linkState({ usedAt: before, revokedAt: before, expiresAt: before }, now)).toBe('used');
  expect(linkState({ usedAt: null, revokedAt: before, expiresAt: before }, now)).toBe('revoked');
  expect(linkState({ usedAt: null, revokedAt: null, expiresAt: now }, now)).toBe('expired');
  expect(() => assertUsable({ usedAt: null, revokedAt: null, expiresAt: later }, now)).not.toThrow();
  expect(() => assertUsable({ usedAt: before, revokedAt: null, expiresAt: later }, now)).toThrow(/used already/);
});

test('the last administrator stays, and nobody shuts themselves out', () => {
  const person = { id: 'a', name: 'Ann' };
  expect(() => assertAdministratorRemains({ actorId: 'b', person, administratorIds: ['a'] })).toThrow(/last administrator/);
  expect(() => assertAdministratorRemains({ actorId: 'a', person, administratorIds: ['a', 'b'] })).toThrow(/yourself/);
  expect(() => assertAdministratorRemains({ actorId: 'b', person, administratorIds: ['a', 'b'] })).not.toThrow();
  expect(() => assertAdministratorRemains({ actorId: 'b', person, administratorIds: ['b'] })).not.toThrow();
});

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0 Safari/537.36 Edg/129.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1',
    'Safari on iOS',
  ],
  ['stagecraft-demo/1.0', 'stagecraft-demo'],
  ['', 'Unknown program'],
])('a device is named in words: %s', (userAgent, words) => {
  expect(deviceOf(userAgent)).toBe(words);
});

test('my present session is marked', () => {
  const row = { id: 's1', userAgent: 'curl/8', createdAt: now, lastSeenAt: now, expiresAt: later };
  expect(toOwnSession(row, 's1')).toMatchObject({ current: true, device: 'curl' });
  expect(toOwnSession(row, null).current).toBe(false);
});
