import type { ApprovalRule } from '#server/features/models/approval.schema.ts';

/** A rule in a sentence or two. */
export function ruleWords(rule: ApprovalRule): string {
  if (rule.needed === 0) return `The gates alone let a version in.${emergencyWords(rule)}`;
  const named = rule.from.people.length === 1 ? 'one person named' : `${rule.from.people.length} people named`;
  const from = [
    ...(rule.from.roles.length > 0 ? [`the ${rule.from.roles.join('s and ')}s`] : []),
    ...(rule.from.people.length > 0 ? [named] : []),
  ].join(' and ');
  const never = rule.separation.trainer ? 'never who asked nor who made the version' : 'never who asked';
  const ends = rule.expiresDays === null ? '' : ` Without a decision it ends after ${rule.expiresDays} days.`;
  return `${rule.needed} of ${from} must approve, ${never}.${ends}${emergencyWords(rule)}`;
}

function emergencyWords(rule: ApprovalRule): string {
  if (!rule.emergency.allowed) return '';
  return ` In an emergency one other person decides, and it is reviewed within ${rule.emergency.reviewDays} days.`;
}
