import { describe, expect, it } from 'vitest';
import { ROLES, type Role, scopesOf } from '#server/auth/roles.ts';
import { mayApprove, mayDecide, mayWithdraw } from './promotion.policy.ts';

const who = (role: Role, id = 'me', kind: 'user' | 'token' | 'system' = 'user') => ({
  actor: { kind, id },
  scopes: scopesOf(role),
});
const asked = { status: 'pending' as const, gatesPassed: true, requestedById: 'somebody', targetStage: 'production' };

describe('who may decide a promotion', () => {
  it('is the reviewer alone, of all roles', () => {
    expect(ROLES.filter((role) => mayApprove(who(role), asked).ok)).toEqual(['reviewer']);
  });

  it('is never the one who asked, whatever their rights', () => {
    const everything = { actor: { kind: 'user' as const, id: 'somebody' }, scopes: scopesOf('reviewer') };
    expect(mayDecide(everything, asked)).toEqual({ ok: false, why: expect.stringContaining('You asked for this') });
  });

  it('is never a program', () => {
    expect(mayDecide(who('reviewer', 'x', 'token'), asked).ok).toBe(false);
    expect(mayDecide(who('reviewer', 'x', 'system'), asked).ok).toBe(false);
  });

  it('waits for the evidence, and ends with the decision', () => {
    expect(mayDecide(who('reviewer'), { ...asked, status: 'preparing' }).ok).toBe(false);
    for (const status of ['approved', 'refused', 'withdrawn', 'completed', 'failed'] as const) {
      expect(mayDecide(who('reviewer'), { ...asked, status }).ok).toBe(false);
    }
  });
});

describe('a gate that does not pass', () => {
  it.each([false, null])('blocks approval (%s) but not refusal', (gatesPassed) => {
    expect(mayApprove(who('reviewer'), { ...asked, gatesPassed }).ok).toBe(false);
    expect(mayDecide(who('reviewer'), { ...asked, gatesPassed }).ok).toBe(true);
  });
});

describe('withdrawing', () => {
  it('is for those who may ask, until it is decided', () => {
    expect(ROLES.filter((role) => mayWithdraw(who(role), asked).ok)).toEqual(['scientist', 'admin']);
    expect(mayWithdraw(who('scientist'), { ...asked, status: 'preparing' }).ok).toBe(true);
    expect(mayWithdraw(who('scientist'), { ...asked, status: 'approved' }).ok).toBe(false);
  });
});
