import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError } from '#server/errors.ts';

/**
 * Who sees how the team does, counts by label and others' answers. An annotator doesn't: knowing what others said
 * would colour the own answers, and the pace of colleagues is nobody's business but the lead's.
 */
export function seesTeam(scope: ProjectScope): boolean {
  return scope.scopes.has('label:manage') || scope.scopes.has('audit:read');
}

/** @throws DomainError FORBIDDEN for who may label but not look at others' work. */
export function assertSeesTeam(scope: ProjectScope): void {
  if (seesTeam(scope)) return;
  throw new DomainError(
    'FORBIDDEN',
    "Others' answers are shown to those who lead the labeling. Your own are in the labeling screen.",
  );
}

/**
 * The person who labels.
 * @throws DomainError FORBIDDEN for a program: an answer is always a person's.
 */
export function requirePerson(scope: ProjectScope): string {
  if (scope.actor.kind === 'user' && scope.actor.id) return scope.actor.id;
  throw new DomainError('FORBIDDEN', 'Only a signed-in person can label. Labels of a program come in as an import of a dataset.');
}
