import { describe, expect, it } from 'vitest';
import {
  type Act,
  barOf,
  type Case,
  type Delegated,
  ENDED,
  expiryOf,
  isRunning,
  mayAct,
  neededOf,
  nextStatus,
  type Person,
  standingOf,
  statesFor,
  tallyOf,
  type Vote,
} from './approval.policy.ts';
import { type ApprovalRule, GATES_RULE, SERVING_RULE } from './approval.schema.ts';
import { notesOn, usualRule } from './approval-rule.policy.ts';
import { promotionStatusSchema } from './models.schema.ts';

const NOW = new Date('2026-03-10T12:00:00Z');
const at = (minute: number) => new Date(NOW.getTime() + minute * 60_000);
const reviewer = (id: string, change: Partial<Person> = {}): Person => ({
  id,
  name: id.toUpperCase(),
  role: 'reviewer',
  mayDecide: true,
  ...change,
});
const PEOPLE = [reviewer('ann'), reviewer('bob'), reviewer('cyd'), reviewer('sam', { role: 'scientist', mayDecide: false })];
const rule = (change: Partial<ApprovalRule> = {}): ApprovalRule => ({ ...SERVING_RULE, needed: 2, ...change });
const theCase = (change: Partial<Case> = {}): Case => ({
  rule: rule(),
  round: 1,
  requesterIds: ['sam'],
  trainerIds: ['sam'],
  emergency: false,
  people: PEOPLE,
  votes: [],
  delegations: [],
  now: NOW,
  ...change,
});
let clock = 0;
const vote = (personId: string, change: Partial<Vote> = {}): Vote => ({
  round: 1,
  verdict: 'approve',
  personId,
  personName: personId.toUpperCase(),
  forId: null,
  forName: null,
  at: at(clock++),
  ...change,
});
const away = (fromId: string, toId: string, change: Partial<Delegated> = {}): Delegated => ({
  fromId,
  fromName: fromId.toUpperCase(),
  toId,
  startsAt: at(-60),
  endsAt: at(60),
  endedAt: null,
  ...change,
});
const names = (people: { id: string }[]) => people.map(({ id }) => id);

describe('the states of a request', () => {
  const ALL = promotionStatusSchema.options;
  const ACTS: Record<Act, string[]> = {
    freeze: ['preparing>pending'],
    fail: ['preparing>failed', 'approved>failed'],
    'ask-changes': ['pending>changes'],
    answer: ['changes>pending'],
    'prepare-anew': ['pending>preparing', 'changes>preparing'],
    approve: ['pending>approved'],
    refuse: ['pending>refused', 'changes>refused'],
    withdraw: ['preparing>withdrawn', 'pending>withdrawn', 'changes>withdrawn'],
    expire: ['pending>expired', 'changes>expired'],
    complete: ['preparing>completed', 'pending>completed', 'approved>completed'],
  };
  it.each(Object.entries(ACTS) as [Act, string[]][])('%s', (act, ways) => {
    const found = ALL.flatMap((from) => (nextStatus(from, act) ? [`${from}>${nextStatus(from, act)}`] : []));
    expect(found.sort()).toEqual([...ways].sort());
    expect(statesFor(act).sort()).toEqual(ways.map((way) => way.split('>')[0]).sort());
  });

  it('nothing leads away from an end, and each refusal says why', () => {
    for (const status of ENDED) {
      for (const act of Object.keys(ACTS) as Act[]) {
        expect(mayAct(status, act)).toEqual({ ok: false, why: expect.stringMatching(/already|expired/) });
      }
    }
  });
});

describe('counting approvals', () => {
  it('needs as many as the rule says, of different people', () => {
    const one = tallyOf(theCase({ votes: [vote('ann')] }));
    expect(one).toMatchObject({ needed: 2, enough: false, reachable: true });
    expect(names(one.open)).toEqual(['bob', 'cyd']);
    expect(tallyOf(theCase({ votes: [vote('ann'), vote('ann')] })).enough).toBe(false);
    expect(tallyOf(theCase({ votes: [vote('ann'), vote('cyd')] }))).toMatchObject({ enough: true });
  });

  it('doesn’t count an approver who lost the role, the membership or the account in between', () => {
    const votes = [vote('ann'), vote('bob')];
    const without = (people: Person[]) => tallyOf(theCase({ votes, people }));
    expect(without([reviewer('ann', { role: 'scientist', mayDecide: false }), reviewer('bob'), reviewer('cyd')])).toMatchObject({
      enough: false,
      dropped: [{ why: expect.stringContaining('right to decide') }],
    });
    expect(without([reviewer('bob'), reviewer('cyd')])).toMatchObject({
      enough: false,
      dropped: [{ why: expect.stringContaining('member') }],
    });
    expect(without([reviewer('ann', { mayDecide: false }), reviewer('bob')])).toMatchObject({ enough: false, reachable: false });
  });

  it('never counts the requester nor who made the version, even when that is found out later', () => {
    const votes = [vote('ann'), vote('bob')];
    expect(tallyOf(theCase({ votes, requesterIds: ['ann'] }))).toMatchObject({
      enough: false,
      dropped: [{ why: 'asked for it' }],
    });
    expect(tallyOf(theCase({ votes, trainerIds: ['bob'] }))).toMatchObject({
      enough: false,
      dropped: [{ why: 'made this version' }],
    });
    const lax = rule({ separation: { requester: true, trainer: false } });
    expect(tallyOf(theCase({ votes, trainerIds: ['bob'], rule: lax })).enough).toBe(true);
  });

  it('follows a rule that was changed meanwhile', () => {
    const votes = [vote('ann')];
    expect(tallyOf(theCase({ votes, rule: rule({ needed: 1 }) })).enough).toBe(true);
    const named = rule({ needed: 1, from: { roles: [], people: ['bob'] } });
    expect(tallyOf(theCase({ votes, rule: named }))).toMatchObject({
      enough: false,
      dropped: [{ why: expect.stringContaining('names') }],
    });
  });

  it('takes a person named beside a role', () => {
    const people = [reviewer('ann'), reviewer('kim', { role: 'manager' })];
    const named = rule({ from: { roles: ['reviewer'], people: ['kim'] } });
    expect(tallyOf(theCase({ people, rule: named, votes: [vote('ann'), vote('kim')] })).enough).toBe(true);
  });

  it('forgets what was said about evidence of an earlier round', () => {
    expect(tallyOf(theCase({ round: 2, votes: [vote('ann'), vote('bob')] })).counted).toEqual([]);
  });

  it('takes the last word of a person: an approval that was followed by a wish for changes doesn’t count', () => {
    expect(tallyOf(theCase({ votes: [vote('ann'), vote('bob'), vote('ann', { verdict: 'changes' })] }))).toMatchObject({
      enough: false,
    });
    const again = [vote('ann', { verdict: 'changes' }), vote('bob'), vote('ann')];
    expect(tallyOf(theCase({ votes: again })).enough).toBe(true);
  });

  it('says when too few are left', () => {
    expect(tallyOf(theCase({ people: [reviewer('ann')] })).reachable).toBe(false);
  });
});

describe('an emergency', () => {
  it('needs one approval of anybody who may decide, but not of the barred', () => {
    const c = theCase({ emergency: true, rule: rule({ needed: 3, from: { roles: [], people: ['ann'] } }) });
    expect(neededOf(c)).toBe(1);
    expect(neededOf({ rule: GATES_RULE, emergency: true })).toBe(1);
    expect(tallyOf({ ...c, votes: [vote('cyd')] }).enough).toBe(true);
    expect(tallyOf({ ...c, requesterIds: ['cyd'], votes: [vote('cyd')] }).enough).toBe(false);
    expect(barOf({ ...c, trainerIds: ['bob'] }, 'bob')).toBe('made this version');
  });
});

describe('delegation', () => {
  const named = rule({ needed: 1, from: { roles: [], people: ['ann'] } });
  const c = theCase({ rule: named, delegations: [away('ann', 'bob')] });

  it('lets the one who is named stand in, recorded for whom', () => {
    expect(standingOf(c, 'bob')).toEqual({ ok: true, as: { id: 'ann', name: 'ANN' } });
    expect(tallyOf({ ...c, votes: [vote('bob', { forId: 'ann', forName: 'ANN' })] }).enough).toBe(true);
    expect(standingOf(c, 'cyd').ok).toBe(false);
  });

  it('goes from its start to before its end, and stops when it is ended', () => {
    const one = away('ann', 'bob', { startsAt: at(0), endsAt: at(10) });
    expect([-1, 0, 9, 10].map((minute) => isRunning(one, at(minute)))).toEqual([false, true, true, false]);
    expect(isRunning({ ...one, endedAt: at(1) }, at(2))).toBe(false);
    expect(standingOf({ ...c, delegations: [away('ann', 'bob', { endsAt: at(-1) })] }, 'bob').ok).toBe(false);
  });

  it('is never for a request of one’s own, a version of one’s own, or that of the absent', () => {
    expect(standingOf({ ...c, requesterIds: ['bob'] }, 'bob').ok).toBe(false);
    expect(standingOf({ ...c, trainerIds: ['bob'] }, 'bob').ok).toBe(false);
    expect(standingOf({ ...c, requesterIds: ['ann'] }, 'bob').ok).toBe(false);
    expect(standingOf({ ...c, trainerIds: ['ann'] }, 'bob').ok).toBe(false);
  });

  it('gives one vote: their own, or the one for the absent, and each name is heard once', () => {
    const both = theCase({ delegations: [away('ann', 'bob')] });
    expect(standingOf(both, 'bob')).toEqual({ ok: true, as: null });
    expect(standingOf(both, 'bob', { wishedId: 'ann' })).toEqual({ ok: true, as: { id: 'ann', name: 'ANN' } });
    const twice = [vote('bob'), vote('bob', { forId: 'ann', forName: 'ANN' })];
    expect(tallyOf({ ...both, votes: twice }).counted).toHaveLength(1);
    const same = [vote('ann'), vote('bob', { forId: 'ann', forName: 'ANN' })];
    expect(tallyOf({ ...both, votes: same })).toMatchObject({
      enough: false,
      dropped: [{ why: expect.stringContaining('already') }],
    });
    expect(standingOf({ ...c, votes: [vote('ann')] }, 'bob', { fresh: true }).ok).toBe(false);
  });

  it('falls with the right to decide of either', () => {
    const votes = [vote('bob', { forId: 'ann', forName: 'ANN' })];
    const lost = (id: string) => PEOPLE.map((person) => (person.id === id ? { ...person, mayDecide: false } : person));
    expect(tallyOf({ ...c, votes, people: lost('ann') }).enough).toBe(false);
    expect(tallyOf({ ...c, votes, people: lost('bob') }).enough).toBe(false);
  });

  it('counts though it has ended since it was used', () => {
    const ended = [away('ann', 'bob', { endedAt: at(5) })];
    expect(tallyOf({ ...c, votes: [vote('bob', { forId: 'ann', forName: 'ANN' })], delegations: ended }).enough).toBe(true);
  });
});

describe('a rule', () => {
  const levels = (r: ApprovalRule, role: 'gate' | 'serving' = 'serving', people = PEOPLE) =>
    notesOn(r, role, people).map((note) => note.level);
  it('the usual ones have nothing wrong', () => {
    expect(levels(usualRule('serving'))).toEqual([]);
    expect(levels(usualRule('gate'), 'gate')).toEqual([]);
  });

  it('must fit itself: somebody is named, and enough of them', () => {
    expect(levels(rule({ from: { roles: [], people: [] } }))).toEqual(['error']);
    expect(levels(rule({ needed: 3, from: { roles: [], people: ['ann', 'bob'] } }))).toContain('error');
    expect(levels(rule({ needed: 2, from: { roles: [], people: ['ann', 'ann'] } }))).toContain('error');
    expect(levels(rule({ needed: 0 }))).toEqual(['error']);
    expect(levels(rule({ needed: 0 }), 'gate')).toEqual([]);
  });

  it('warns when those who are named can’t do it now', () => {
    expect(levels(rule({ needed: 4 }))).toEqual(['warning']);
    expect(levels(rule({ needed: 1, from: { roles: [], people: ['sam'] } }))).toEqual(['warning', 'warning']);
    expect(levels(rule({ needed: 1, from: { roles: ['reviewer'], people: ['gone'] } }))).toEqual(['warning']);
    expect(levels(rule({ needed: 1 }), 'serving', [reviewer('ann')])).toEqual(['warning']);
  });

  it('says when a request ends by itself', () => {
    expect(expiryOf(rule({ expiresDays: 2 }), NOW)).toEqual(new Date('2026-03-12T12:00:00Z'));
    expect(expiryOf(rule({ expiresDays: null }), NOW)).toBeNull();
  });
});
