'use client';
import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DateTime, RelativeTime } from '#components/ui/date-time.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Link } from '#components/ui/link.tsx';
import { Timeline } from '#components/ui/timeline.tsx';
import type { RequestDetail } from '#server/features/models/promotions.schema.ts';
import { AnswerPanel } from './answer-panel.tsx';
import { ApprovalsSoFar } from './approvals-so-far.tsx';
import { DecisionPanel } from './decision-panel.tsx';
import type { Choice } from './decision-words.ts';
import s from './promotion.module.css';
import { RequestState } from './request-state.tsx';
import { ReviewPanel } from './review-panel.tsx';
import { useRequestAct } from './use-request-act.ts';

const UNDECIDED = ['preparing', 'pending', 'changes'];
type Props = { request: RequestDetail; choice: Choice | null; onChoice: (choice: Choice) => void };

/** Who asked and why, who has said what, the decision or what became of it, and what happened so far. Always in view. */
export function PromotionSide({ request, choice, onChoice }: Props) {
  const undecided = UNDECIDED.includes(request.status);
  return (
    <Stack gap={24}>
      <section>
        <p>
          <strong>{request.requestedByName}</strong> asks to move <strong>v{request.number}</strong> to {request.targetStage}
        </p>
        <p className="caption">
          <DateTime at={request.requestedAt} />
          {request.expiresAt && undecided && (
            <>
              {' · ends '}
              <RelativeTime at={request.expiresAt} /> without a decision
            </>
          )}
        </p>
        <blockquote className={s.quote}>{request.reason}</blockquote>
        {request.emergency && (
          <>
            <p className="bad strong">Emergency</p>
            <blockquote className={s.quote}>{request.emergency}</blockquote>
          </>
        )}
      </section>
      <ApprovalsSoFar request={request} />
      {!undecided && <Outcome request={request} />}
      <ReviewPanel request={request} />
      {request.status === 'changes' && request.may.answer.ok && <AnswerPanel request={request} />}
      {undecided && !(request.status === 'changes' && request.may.answer.ok) && (
        <DecisionPanel key={`${request.status} ${request.round}`} request={request} choice={choice} onChoice={onChoice} />
      )}
      {request.may.withdraw.ok && <Withdraw id={request.id} />}
      <section>
        <h2>So far</h2>
        <Timeline
          label="So far"
          items={request.soFar.map((event, index) => ({
            key: `${event.at.getTime()} ${index}`,
            when: <DateTime at={event.at} />,
            title: event.what,
            note: event.note ?? undefined,
          }))}
        />
      </section>
    </Stack>
  );
}

function Outcome({ request }: { request: RequestDetail }) {
  const project = useProject();
  return (
    <section>
      <h2>What became of it</h2>
      <RequestState request={request} />
      {request.decidedByName && (
        <p>
          {request.decidedByName}
          {request.decidedAt && (
            <>
              , <DateTime at={request.decidedAt} />
            </>
          )}
        </p>
      )}
      {request.decisionReason && <blockquote className={s.quote}>{request.decisionReason}</blockquote>}
      {Object.entries(request.accepted).map(([gate, why]) => (
        <p key={gate} className="caption">
          Gate {gate} was passed with a reason: {why}
        </p>
      ))}
      {request.error && <p className={request.status === 'expired' ? 'ink-2' : 'bad'}>{request.error}</p>}
      {request.rollout && (
        <p>
          <Link
            className="link"
            href={`/${project.name}/deployments/${request.rollout.deployment}?rollout=${request.rollout.number}`}
          >
            {request.status === 'approved' ? 'Watch the canary' : 'See its canary'}
          </Link>
        </p>
      )}
    </section>
  );
}

function Withdraw({ id }: { id: string }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const withdraw = useMutation(trpc.promotions.withdraw.mutationOptions(useRequestAct()));
  return (
    <section>
      {withdraw.error && <ErrorLine error={withdraw.error} />}
      <Button variant="subtle" loading={withdraw.isPending} onClick={() => withdraw.mutate({ project, id })}>
        Withdraw the request
      </Button>
    </section>
  );
}
