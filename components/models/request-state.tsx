import { StatePill } from '#components/ui/state-pill.tsx';
import type { RequestSummary } from '#server/features/models/models.schema.ts';

/** The state of a promotion request in words. */
export function RequestState({
  request,
}: {
  request: Pick<RequestSummary, 'status' | 'gatesPassed' | 'targetStage' | 'decidedByName'>;
}) {
  switch (request.status) {
    case 'preparing':
      return <StatePill state="running">evidence is being prepared</StatePill>;
    case 'pending':
      return request.gatesPassed ? (
        <StatePill state="waiting">waits for a reviewer</StatePill>
      ) : (
        <StatePill state="failed">a gate doesn’t pass</StatePill>
      );
    case 'approved':
      return <StatePill state="live">approved, being rolled out</StatePill>;
    case 'completed':
      return <StatePill state="done">reached {request.targetStage}</StatePill>;
    case 'refused':
      return <StatePill state="stopped">refused</StatePill>;
    case 'withdrawn':
      return <StatePill state="cancelled">withdrawn</StatePill>;
    case 'failed':
      return <StatePill state="failed">{request.decidedByName ? 'rolled back' : 'could not be judged'}</StatePill>;
  }
}
