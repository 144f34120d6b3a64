import type { ApprovalRule, Approver, Verdict } from './approval.schema.ts';
import type { PromotionStatus } from './models.schema.ts';
import type { May } from './stage.policy.ts';

/** Somebody of the project as the rules see them. `mayDecide`: holds the right to, now, and can sign in. */
export type Person = Approver;
export type Vote = {
  round: number;
  verdict: Verdict;
  personId: string;
  personName: string;
  forId: string | null;
  forName: string | null;
  at: Date;
};
export type Delegated = { fromId: string; fromName: string; toId: string; startsAt: Date; endsAt: Date; endedAt: Date | null };

/** All that counting the approvals of a request needs. */
export type Case = {
  rule: ApprovalRule;
  round: number;
  /** Who asked: the person, and whoever answers for the program that did. */
  requesterIds: readonly string[];
  /** Who made the run or the launch, or uploaded the file. */
  trainerIds: readonly string[];
  emergency: boolean;
  people: readonly Person[];
  votes: readonly Vote[];
  delegations: readonly Delegated[];
  now: Date;
};

export type Tally = {
  needed: number;
  /** Approvals that count now, in the order in which they were given. */
  counted: Vote[];
  /** Those that were given and don't count any more, with the reason. */
  dropped: { vote: Vote; why: string }[];
  /** Who may still approve. */
  open: { id: string; name: string }[];
  enough: boolean;
  /** Whether those who may still approve can make it enough. */
  reachable: boolean;
};

/** How many must approve: the rule's number; in an emergency one, beside the one who asks. */
export function neededOf(o: Pick<Case, 'rule' | 'emergency'>): number {
  return o.emergency ? 1 : o.rule.needed;
}

/** Why this person can't be the one who approves this case, whatever happens; null when they can. */
export function barOf(c: Case, personId: string): string | null {
  const person = c.people.find((one) => one.id === personId);
  if (!person) return 'isn’t a member of the project any more';
  if (c.requesterIds.includes(personId)) return 'asked for it';
  if (!person.mayDecide) return `doesn’t hold the right to decide any more (${person.role})`;
  if (c.rule.separation.trainer && c.trainerIds.includes(personId)) return 'made this version';
  const named = c.rule.from.roles.includes(person.role) || c.rule.from.people.includes(personId);
  if (!named && !c.emergency) return 'isn’t among those whom the rule of this stage names';
  return null;
}

/** Counts the approvals of the round as things are now: who lost the role or the membership doesn't count any more. */
export function tallyOf(c: Case): Tally {
  const needed = neededOf(c);
  const counted: Vote[] = [];
  const dropped: Tally['dropped'] = [];
  for (const vote of standingVotes(c)) {
    if (vote.verdict !== 'approve') continue;
    const why = whyDropped(c, vote, counted);
    if (why) dropped.push({ vote, why });
    else counted.push(vote);
  }
  const heard = new Set(counted.map(principalOf));
  const open = c.people.filter((person) => !heard.has(person.id) && barOf(c, person.id) === null);
  return {
    needed,
    counted,
    dropped,
    open: open.map(({ id, name }) => ({ id, name })),
    enough: counted.length >= needed,
    reachable: counted.length + open.length >= needed,
  };
}

/** The last word of each voter in this round; a word of one's own and one for somebody else are of the same voter. */
function standingVotes(c: Case): Vote[] {
  const last = new Map<string, Vote>();
  const inOrder = c.votes.filter((vote) => vote.round === c.round).sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const vote of inOrder) last.set(vote.personId, vote);
  return [...last.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
}

function whyDropped(c: Case, vote: Vote, counted: readonly Vote[]): string | null {
  const principal = principalOf(vote);
  if (counted.some((one) => principalOf(one) === principal)) return 'was approved for this person already';
  const bar = barOf(c, principal);
  if (bar) return bar;
  return vote.forId === null ? null : barOfDelegate(c, vote.personId);
}

function principalOf(vote: Vote): string {
  return vote.forId ?? vote.personId;
}

/** A delegate needs the right to decide, and never decides on what they asked for or made themselves. */
function barOfDelegate(c: Case, personId: string): string | null {
  const person = c.people.find((one) => one.id === personId);
  if (!person?.mayDecide) return 'doesn’t hold the right to decide any more';
  if (c.requesterIds.includes(personId)) return 'asked for it';
  if (c.rule.separation.trainer && c.trainerIds.includes(personId)) return 'made this version';
  return null;
}

/** In whose name this person may speak: their own, or that of somebody who is away and named them. */
export type Standing = { ok: true; as: { id: string; name: string } | null } | { ok: false; why: string };

/**
 * Whether a person may speak on a case, and in whose name. One's own name goes first; of several who are away, the
 * one in `wishedId`. Names for which somebody spoke already are left out where `fresh` is asked (an approval).
 */
export function standingOf(c: Case, me: string, o: { wishedId?: string | undefined; fresh?: boolean } = {}): Standing {
  const heard = new Set(o.fresh ? tallyOf(c).counted.map(principalOf) : []);
  const own = barOf(c, me);
  if (!o.wishedId && own === null) return { ok: true, as: null };
  const barred = barOfDelegate(c, me);
  const candidates = c.delegations.filter((one) => one.toId === me && isRunning(one, c.now));
  if (barred === null) {
    const free = candidates.filter((one) => barOf(c, one.fromId) === null && !heard.has(one.fromId));
    const chosen = o.wishedId ? free.find((one) => one.fromId === o.wishedId) : free[0];
    if (chosen) return { ok: true, as: { id: chosen.fromId, name: chosen.fromName } };
  }
  if (o.wishedId)
    return { ok: false, why: 'You can’t decide for this person here: the delegation is over, or they are barred themselves.' };
  return { ok: false, why: WHY[own ?? ''] ?? `You can’t decide here: you are one who ${own}.` };
}

const WHY: Record<string, string> = {
  'asked for it': 'You asked for this, so somebody else decides.',
  'made this version': 'You made this version, so somebody else decides.',
  'isn’t among those whom the rule of this stage names': 'The rule of this stage names others to decide.',
  'isn’t a member of the project any more': 'You aren’t a member of this project.',
};

/** Whether a delegation holds at a time: from its start to before its end, unless it was ended. */
export function isRunning(delegation: Pick<Delegated, 'startsAt' | 'endsAt' | 'endedAt'>, now: Date): boolean {
  return delegation.startsAt <= now && now < delegation.endsAt && delegation.endedAt === null;
}

export type Act =
  | 'freeze'
  | 'fail'
  | 'ask-changes'
  | 'answer'
  | 'prepare-anew'
  | 'approve'
  | 'refuse'
  | 'withdraw'
  | 'expire'
  | 'complete';

/** From which states an act is possible, and where it leads. `approve` leads on only when the approvals are enough. */
const MACHINE: Record<Act, { from: readonly PromotionStatus[]; to: PromotionStatus }> = {
  freeze: { from: ['preparing'], to: 'pending' },
  fail: { from: ['preparing', 'approved'], to: 'failed' },
  'ask-changes': { from: ['pending'], to: 'changes' },
  answer: { from: ['changes'], to: 'pending' },
  'prepare-anew': { from: ['pending', 'changes'], to: 'preparing' },
  approve: { from: ['pending'], to: 'approved' },
  refuse: { from: ['pending', 'changes'], to: 'refused' },
  withdraw: { from: ['preparing', 'pending', 'changes'], to: 'withdrawn' },
  expire: { from: ['pending', 'changes'], to: 'expired' },
  complete: { from: ['preparing', 'pending', 'approved'], to: 'completed' },
};

/** States from which nothing leads away. */
export const ENDED: readonly PromotionStatus[] = ['refused', 'withdrawn', 'expired', 'completed', 'failed'];

/** Where an act leads from a state; null where it isn't possible. */
export function nextStatus(from: PromotionStatus, act: Act): PromotionStatus | null {
  const { from: states, to } = MACHINE[act];
  return states.includes(from) ? to : null;
}

/** The states from which an act is possible. */
export function statesFor(act: Act): PromotionStatus[] {
  return [...MACHINE[act].from];
}

const STATUS_WORDS: Record<PromotionStatus, string> = {
  preparing: 'The evidence is still being prepared.',
  pending: 'It waits for a decision.',
  changes: 'Changes are wished: it waits for an answer of those who asked.',
  approved: 'It is approved already.',
  refused: 'It is refused already.',
  withdrawn: 'It is withdrawn already.',
  expired: 'It has expired. Ask again.',
  completed: 'It is completed already.',
  failed: 'It has failed already.',
};

/** Whether an act is possible in a state, in words. */
export function mayAct(status: PromotionStatus, act: Act): May {
  return nextStatus(status, act) === null ? { ok: false, why: STATUS_WORDS[status] } : { ok: true };
}

/** When a request that waits from `at` on ends by itself; null when it never does. */
export function expiryOf(rule: ApprovalRule, at: Date): Date | null {
  return rule.expiresDays === null ? null : new Date(at.getTime() + rule.expiresDays * 86_400_000);
}
