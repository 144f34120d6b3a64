'use client';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRequestAct } from '#components/models/use-request-act.ts';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Finding, Sentence } from '#components/ui/sentence.tsx';
import { titleOf } from '#server/domain/stages.ts';
import type { RequestDetail } from '#server/features/models/promotions.schema.ts';
import { headWords } from './head-words.ts';
import s from './promotion.module.css';

/** What an approval would change, in a sentence; then whatever stands in the way, each with the way on. */
export function PromotionHead({ request }: { request: RequestDetail }) {
  const { stages } = useProject();
  const words = headWords(request, titleOf(stages, request.targetStage));
  return (
    <>
      {request.emergency !== null && request.status === 'pending' && (
        <Finding tone="bad" title={`Emergency: ${request.requestedByName} asks to go past the usual approvals`}>
          One other person decides, each failed gate must be named, and it is reviewed within {request.rule.emergency.reviewDays}{' '}
          {request.rule.emergency.reviewDays === 1 ? 'day' : 'days'} by somebody who had no part in it.
        </Finding>
      )}
      {request.obstacles.map((obstacle) => (
        <Finding
          key={obstacle.code}
          tone="warn"
          title={obstacle.act === 'prepare' ? 'The evidence is out of date' : 'This can’t be approved as it is'}
          {...(obstacle.act === 'prepare' && request.may.prepare.ok ? { actions: <PrepareAnew id={request.id} /> } : {})}
        >
          {obstacle.sentence}
        </Finding>
      ))}
      <div className={s.head}>
        <Sentence explanation={words.explanation}>{words.sentence}</Sentence>
      </div>
    </>
  );
}

function PrepareAnew({ id }: { id: string }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const prepare = useMutation(trpc.promotions.prepareAnew.mutationOptions(useRequestAct()));
  return (
    <>
      {prepare.error && <ErrorLine error={prepare.error} />}
      <Button loading={prepare.isPending} onClick={() => prepare.mutate({ project, id })}>
        Prepare anew
      </Button>
    </>
  );
}
