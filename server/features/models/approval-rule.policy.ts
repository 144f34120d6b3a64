import type { Person } from './approval.policy.ts';
import { type ApprovalRule, GATES_RULE, type RuleNote, SERVING_RULE } from './approval.schema.ts';

/** The rule of a stage that nobody has written one for: one reviewer where it serves, the gates alone before. */
export function usualRule(role: 'gate' | 'serving'): ApprovalRule {
  return role === 'serving' ? SERVING_RULE : GATES_RULE;
}

/**
 * What is wrong (`error`: it can't be saved) or questionable (`warning`) with a rule, given who is in the project now.
 * @param role what the stage means
 */
export function notesOn(rule: ApprovalRule, role: 'gate' | 'serving', people: readonly Person[]): RuleNote[] {
  const notes: RuleNote[] = [];
  const error = (text: string) => notes.push({ level: 'error', text });
  const warn = (text: string) => notes.push({ level: 'warning', text });
  if (rule.needed === 0) {
    if (role === 'serving') error('Nothing comes to a stage that serves without a person’s word: ask for one approval at least.');
    return notes;
  }
  const { roles, people: named } = rule.from;
  if (roles.length === 0 && named.length === 0) {
    error('Nobody is named who could approve: choose a role or people.');
    return notes;
  }
  if (roles.length === 0 && rule.needed > new Set(named).size) {
    error(`${rule.needed} approvals are asked for, of ${new Set(named).size} people.`);
  }
  for (const id of named) {
    const person = people.find((one) => one.id === id);
    if (!person) warn('One of the people named isn’t a member of this project any more.');
    else if (!person.mayDecide)
      warn(`${person.name} (${person.role}) doesn’t hold the right to decide, so their word won’t count.`);
  }
  const eligible = people.filter((person) => person.mayDecide && (roles.includes(person.role) || named.includes(person.id)));
  if (eligible.length < rule.needed) {
    warn(
      `${countOf(eligible.length)} could approve now, and ${rule.needed} must: no request can be approved until there are more.`,
    );
  } else if (eligible.length === rule.needed && eligible.some((person) => person.role !== 'reviewer')) {
    warn('If one of them asks or has made the version, too few are left to approve.');
  }
  const deciders = people.filter((person) => person.mayDecide).length;
  if (rule.emergency.allowed && deciders < 2) {
    warn('An emergency is reviewed by somebody who had no part in it. That needs a second person with the right to decide.');
  }
  return notes;
}

function countOf(n: number): string {
  if (n === 0) return 'Nobody';
  return n === 1 ? 'One person' : `${n} people`;
}
