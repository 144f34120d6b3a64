import { StatePill } from '#components/ui/state-pill.tsx';
import type { RequestSummary } from '#server/features/models/models.schema.ts';

type Shown = Pick<RequestSummary, 'status' | 'gatesPassed' | 'targetStage' | 'decidedByName'> & {
  approvals?: { given: number; needed: number };
};

/** The state of a promotion request in words. */
export function RequestState({ request }: { request: Shown }) {
  switch (request.status) {
    case 'preparing':
      return <StatePill state="running">evidence is being prepared</StatePill>;
    case 'pending':
      if (!request.gatesPassed) return <StatePill state="failed">a gate doesn’t pass</StatePill>;
      return <StatePill state="waiting">{waitingWords(request.approvals)}</StatePill>;
    case 'changes':
      return <StatePill state="paused">changes are wished</StatePill>;
    case 'approved':
      return <StatePill state="live">approved, being rolled out</StatePill>;
    case 'completed':
      return <StatePill state="done">reached {request.targetStage}</StatePill>;
    case 'refused':
      return <StatePill state="stopped">refused</StatePill>;
    case 'withdrawn':
      return <StatePill state="cancelled">withdrawn</StatePill>;
    case 'expired':
      return <StatePill state="stopped">expired undecided</StatePill>;
    case 'failed':
      return <StatePill state="failed">{request.decidedByName ? 'rolled back' : 'could not be judged'}</StatePill>;
  }
}

function waitingWords(approvals: Shown['approvals']): string {
  if (!approvals || approvals.needed <= 1) return 'waits for a reviewer';
  return `waits for reviewers, ${approvals.given} of ${approvals.needed} approved`;
}
