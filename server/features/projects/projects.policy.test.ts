import { expect, test } from 'vitest';
import { scopesOf } from '#server/auth/roles.ts';
import { assertAdminRemains, assertRoleAsSeen } from '#server/features/projects/members.policy.ts';
import { createProjectInput } from '#server/features/projects/projects.schema.ts';
import { assertMayGrant } from '#server/features/projects/tokens.policy.ts';
import { toApiToken } from '#server/features/projects/tokens.view.ts';

test('a project keeps an admin', () => {
  const o = { userId: 'a', name: 'Ann', adminIds: ['a'] };
  expect(() => assertAdminRemains({ ...o, after: null })).toThrow(/last admin/);
  expect(() => assertAdminRemains({ ...o, after: 'scientist' })).toThrow(/last admin/);
  expect(() => assertAdminRemains({ ...o, after: 'admin' })).not.toThrow();
  expect(() => assertAdminRemains({ ...o, after: null, adminIds: ['a', 'b'] })).not.toThrow();
  expect(() => assertAdminRemains({ ...o, after: null, adminIds: ['b'] })).not.toThrow();
});

test('a change rests on what its maker saw', () => {
  expect(() => assertRoleAsSeen({ name: 'Ann', expected: 'manager', current: 'manager' })).not.toThrow();
  expect(() => assertRoleAsSeen({ name: 'Ann', expected: 'manager', current: 'admin' })).toThrow(/Ann is admin now, not manager/);
});

test('a token holds no right that its maker lacks', () => {
  expect(() => assertMayGrant({ scopes: scopesOf('scientist') }, ['predict', 'run:write'])).not.toThrow();
  expect(() => assertMayGrant({ scopes: scopesOf('reviewer') }, ['predict', 'run:write', 'data:write'])).toThrow(
    /run:write, data:write/,
  );
});

test.each(['Mail', 'mail_team', '-mail', 'mail--team', 'a', 'admin', 'sign-in', 'x'.repeat(49)])(
  '%s is no name for a project',
  (name) => {
    expect(createProjectInput.safeParse({ name, title: 'Mail' }).success).toBe(false);
  },
);

test('a name that fits an address is taken', () => {
  expect(createProjectInput.parse({ name: ' mail-team-2 ', title: ' Mail ' })).toEqual({ name: 'mail-team-2', title: 'Mail' });
});

test('the state of a token, and no secret of it', () => {
  const now = new Date('2026-03-01');
  const row = {
    id: 'x',
    name: 'player',
    prefix: 'sc_abc',
    scopes: ['predict'],
    createdBy: 'Ann',
    createdAt: now,
    expiresAt: new Date('2026-04-01'),
    lastUsedAt: null,
    revokedAt: null,
    hash: 'secret',
  };
  expect(toApiToken(row, now).state).toBe('active');
  expect(toApiToken(row, new Date('2026-04-01')).state).toBe('expired');
  expect(toApiToken({ ...row, revokedAt: now }, new Date('2026-05-01')).state).toBe('revoked');
  expect(JSON.stringify(toApiToken(row, now))).not.toContain('secret');
});
