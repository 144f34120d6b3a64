'use client';
import { Button, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Timeline } from '#components/ui/timeline.tsx';
import type { RequestDetail } from '#server/features/models/promotions.schema.ts';
import { DecisionPanel } from './decision-panel.tsx';
import s from './promotion.module.css';
import { RequestState } from './request-state.tsx';

/** Who asked and why, the decision or what became of it, and what happened so far. Always in view. */
export function PromotionSide({ request }: { request: RequestDetail }) {
  const project = useProject();
  const decided = request.decidedByName !== null;
  return (
    <Stack gap={24}>
      <section>
        <p>
          <strong>{request.requestedByName}</strong> asks to move <strong>v{request.number}</strong> to {request.targetStage}
        </p>
        <p className="caption">
          <DateTime at={request.requestedAt} />
        </p>
        <blockquote className={s.quote}>{request.reason}</blockquote>
      </section>
      {decided || request.status === 'failed' ? (
        <section>
          <h2>What became of it</h2>
          <RequestState request={request} />
          {decided && (
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
          {request.error && <p className="bad">{request.error}</p>}
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
      ) : (
        <DecisionPanel key={request.status} request={request} />
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

function Withdraw({ id }: { id: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name: project } = useProject();
  const withdraw = useMutation(
    trpc.promotions.withdraw.mutationOptions({ onSettled: () => void queries.invalidateQueries(trpc.promotions.pathFilter()) }),
  );
  return (
    <section>
      {withdraw.error && <ErrorLine error={withdraw.error} />}
      <Button variant="subtle" loading={withdraw.isPending} onClick={() => withdraw.mutate({ project, id })}>
        Withdraw the request
      </Button>
    </section>
  );
}
