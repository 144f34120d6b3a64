import { expect, test } from 'vitest';
import { effectiveRole, projectScopes } from '#server/auth/project-access.policy.ts';
import { ROLE_SCOPES, ROLES, SCOPES, TOKEN_SCOPES } from '#server/auth/roles.ts';

test('a membership decides the role, an administrator without one enters as admin', () => {
  expect(effectiveRole({ memberRole: 'annotator', isAdmin: false })).toBe('annotator');
  expect(effectiveRole({ memberRole: 'annotator', isAdmin: true })).toBe('annotator');
  expect(effectiveRole({ memberRole: null, isAdmin: true })).toBe('admin');
  expect(effectiveRole({ memberRole: null, isAdmin: false })).toBeNull();
});

test.each(ROLES)('an archived project can only be read by a %s', (role) => {
  const scopes = projectScopes(role, true);
  expect([...scopes].every((scope) => scope === 'project:read' || scope === 'audit:read')).toBe(true);
  expect(scopes.has('project:read')).toBe(true);
  expect([...projectScopes(role, false)]).toEqual([...ROLE_SCOPES[role]]);
});

test('nobody both asks for a promotion and decides it by one role', () => {
  for (const role of ROLES) {
    const scopes = new Set<string>(ROLE_SCOPES[role]);
    expect(scopes.has('promotion:request') && scopes.has('promotion:decide')).toBe(false);
  }
});

test('a manager changes nothing, and no token can decide or manage', () => {
  expect(ROLE_SCOPES.manager.every((scope) => scope.endsWith(':read'))).toBe(true);
  for (const scope of ['promotion:decide', 'member:manage', 'token:manage'] as const) {
    expect(TOKEN_SCOPES as readonly string[]).not.toContain(scope);
  }
  expect(new Set(SCOPES).size).toBe(SCOPES.length);
});
