import type { RequestDetail } from '#server/features/models/promotions.schema.ts';

export type Choice = 'approve' | 'refuse' | 'changes';

/** What an approval brings about now: one more approval, a canary, or the stage at once. */
export function nextStep(request: Pick<RequestDetail, 'number' | 'plan' | 'approvals' | 'targetStage'>, title: string): string {
  const version = `v${request.number}`;
  const left = request.approvals.needed - request.approvals.given;
  if (left > 1) return `One of ${request.approvals.needed} approvals; ${left - 1} more ${left === 2 ? 'is' : 'are'} needed then.`;
  if (!request.plan)
    return `${version} becomes ${request.targetStage === 'production' ? 'production' : `the version in ${title}`} at once: no version answers under this model’s name yet.`;
  const shares = request.plan.weights.map((weight) => `${Math.round(weight * 100)} %`);
  const steps = shares.length > 1 ? `${shares.slice(0, -1).join(', then ')}, then all` : 'all';
  return `A canary on ${request.plan.deployment} starts: ${steps} of the requests. It rolls back on its own if ${version} does worse.`;
}

/** The words on the button. */
export function submitWords(choice: Choice | null, request: Pick<RequestDetail, 'targetStage'>): string {
  if (choice === 'refuse') return 'Refuse';
  if (choice === 'changes') return 'Ask for changes';
  return `Approve for ${request.targetStage}`;
}

/** Why this person may decide, and what is kept of it. */
export function rightsWords(request: Pick<RequestDetail, 'standsFor' | 'emergency'>): string {
  const [away] = request.standsFor;
  const why = away
    ? `You may decide in your own place or for ${away.name}, once.`
    : 'You may decide: you hold the right to, you didn’t ask for this and didn’t make this version.';
  const emergency =
    request.emergency === null
      ? ''
      : ' This is an emergency: your word alone lets it through, and somebody else reviews it afterwards.';
  return `${why}${emergency} Your name, reason, the time and this page’s evidence go into the record. Nobody can change them.`;
}
