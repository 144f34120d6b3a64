import { describe, expect, it } from 'vitest';
import { ROLES, type Role, scopesOf } from '#server/auth/roles.ts';
import type { Case } from './approval.policy.ts';
import { SERVING_RULE } from './approval.schema.ts';
import { promotionStatusSchema } from './models.schema.ts';
import {
  blockingPass,
  gatesToAccept,
  mayAnswer,
  mayApprove,
  mayDecide,
  mayPrepareAnew,
  mayReview,
  maySpeak,
  mayWithdraw,
} from './promotion.policy.ts';

const who = (role: Role, id = 'me', kind: 'user' | 'token' | 'system' = 'user') => ({
  actor: { kind, id },
  scopes: scopesOf(role),
});
const caseFor = (role: Role, change: Partial<Case> = {}): Case => ({
  rule: SERVING_RULE,
  round: 1,
  requesterIds: ['somebody'],
  trainerIds: [],
  emergency: false,
  people: [{ id: 'me', name: 'Me', role, mayDecide: scopesOf(role).has('promotion:decide') }],
  votes: [],
  delegations: [],
  now: new Date('2026-01-02T00:00:00Z'),
  ...change,
});
const gate = (id: string, passed: boolean, blocking = true) => ({ id, title: id, passed, blocking });
const asked = { status: 'pending' as const, gates: [gate('f1', true)], obstacles: [] };
const STATUSES = promotionStatusSchema.options;

describe('who may decide a promotion', () => {
  it('is the reviewer alone, of all roles', () => {
    expect(ROLES.filter((role) => mayApprove(who(role), caseFor(role), asked).ok)).toEqual(['reviewer']);
  });

  it('is never the one who asked, whatever their rights', () => {
    expect(mayDecide(who('reviewer'), caseFor('reviewer', { requesterIds: ['me'] }))).toEqual({
      ok: false,
      why: expect.stringContaining('You asked for this'),
    });
  });

  it('is never a program', () => {
    expect(mayDecide(who('reviewer', 'me', 'token'), caseFor('reviewer')).ok).toBe(false);
    expect(mayDecide(who('reviewer', 'me', 'system'), caseFor('reviewer')).ok).toBe(false);
  });

  it('approves only what waits; refuses also what waits for changes', () => {
    const [scope, c] = [who('reviewer'), caseFor('reviewer')];
    expect(STATUSES.filter((status) => mayApprove(scope, c, { ...asked, status }).ok)).toEqual(['pending']);
    expect(STATUSES.filter((status) => maySpeak(scope, c, status, 'refuse').ok)).toEqual(['pending', 'changes']);
    expect(STATUSES.filter((status) => maySpeak(scope, c, status, 'ask-changes').ok)).toEqual(['pending']);
  });

  it('can’t approve over what has changed since', () => {
    const obstacles = [{ sentence: 'v4 is in production since.' }];
    expect(mayApprove(who('reviewer'), caseFor('reviewer'), { ...asked, obstacles })).toEqual({
      ok: false,
      why: 'v4 is in production since.',
    });
  });
});

describe('a gate that does not pass', () => {
  it('blocks approval, not refusal', () => {
    const [scope, c] = [who('reviewer'), caseFor('reviewer')];
    expect(mayApprove(scope, c, { ...asked, gates: [gate('f1', false)] }).ok).toBe(false);
    expect(maySpeak(scope, c, 'pending', 'refuse').ok).toBe(true);
  });

  it('may be passed with a reason by name when it is advisory', () => {
    const gates = [gate('f1', true), gate('ece', false, false), gate('size', false, false)];
    expect(blockingPass(gates)).toBe(true);
    expect(mayApprove(who('reviewer'), caseFor('reviewer'), { ...asked, gates }).ok).toBe(true);
    expect(gatesToAccept(gates, {}, false).map(({ id }) => id)).toEqual(['ece', 'size']);
    expect(gatesToAccept(gates, { ece: 'We use 0.5 only.', size: '  ' }, false).map(({ id }) => id)).toEqual(['size']);
  });

  it('blocking ones must be named in an emergency', () => {
    const gates = [gate('f1', false), gate('ece', false, false)];
    const c = caseFor('reviewer', { emergency: true });
    expect(mayApprove(who('reviewer'), c, { ...asked, gates }).ok).toBe(true);
    expect(gatesToAccept(gates, {}, true).map(({ id }) => id)).toEqual(['f1', 'ece']);
    expect(gatesToAccept(gates, { f1: 'The old one answers nobody.', ece: 'Same.' }, true)).toEqual([]);
  });
});

describe('those who ask', () => {
  const may = (act: typeof mayWithdraw) => STATUSES.filter((status) => act(who('scientist'), { status }).ok);
  it('withdraw until it is decided, answer wishes, have the evidence made anew', () => {
    expect(may(mayWithdraw)).toEqual(['preparing', 'pending', 'changes']);
    expect(may(mayAnswer)).toEqual(['changes']);
    expect(may(mayPrepareAnew)).toEqual(['pending', 'changes']);
  });

  it('are scientists and admins; reviewers may have the evidence made anew', () => {
    const roles = (act: typeof mayWithdraw) => ROLES.filter((role) => act(who(role), { status: 'changes' }).ok);
    expect(roles(mayWithdraw)).toEqual(['scientist', 'admin']);
    expect(roles(mayAnswer)).toEqual(['scientist', 'admin']);
    expect(roles(mayPrepareAnew)).toEqual(['scientist', 'reviewer', 'admin']);
  });
});

describe('reviewing an emergency', () => {
  const done = { emergency: 'Down.', reviewDueAt: new Date(), reviewedAt: null, requesterIds: ['asker'], decidedById: 'second' };
  it('is for a third person, once', () => {
    expect(mayReview(who('reviewer'), done).ok).toBe(true);
    expect(mayReview(who('reviewer', 'asker'), done).ok).toBe(false);
    expect(mayReview(who('reviewer', 'second'), done).ok).toBe(false);
    expect(mayReview(who('scientist'), done).ok).toBe(false);
    expect(mayReview(who('reviewer'), { ...done, reviewedAt: new Date() }).ok).toBe(false);
    expect(mayReview(who('reviewer'), { ...done, reviewDueAt: null }).ok).toBe(false);
    expect(mayReview(who('reviewer'), { ...done, emergency: null }).ok).toBe(false);
  });
});
