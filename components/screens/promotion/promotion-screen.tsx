'use client';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { Choice } from '#components/models/decision-words.ts';
import { PromotionSide } from '#components/models/promotion-side.tsx';
import { RequestState } from '#components/models/request-state.tsx';
import { useModelsLive } from '#components/models/use-models-live.ts';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen } from '#components/ui/screen.tsx';
import { titleOf } from '#server/domain/stages.ts';
import { DecisionBar } from './decision-bar.tsx';
import { Downloads } from './downloads.tsx';
import { Neighbours } from './neighbours.tsx';
import s from './promotion.module.css';
import { PromotionBody } from './promotion-body.tsx';
import { useDecisionKeys } from './use-decision-keys.ts';

/** All the evidence of one promotion on one page, and the decision beside it (below 1100 px: under the head sentence). */
export function PromotionScreen({ id }: { id: string }) {
  const trpc = useTRPC();
  const { name: project, stages } = useProject();
  const query = useQuery(trpc.promotions.get.queryOptions({ project, id }));
  // Asked for at once with the request, so that nothing waits for anything.
  useQuery(trpc.promotions.sections.queryOptions({ project, id }));
  useQuery(trpc.promotions.threads.queryOptions({ project, id }));
  useModelsLive();
  const narrow = useMediaQuery('(max-width: 1099px)') ?? false;
  const [choice, setChoice] = useState<Choice | null>(null);
  const request = query.data;
  const decide = useCallback((next: Choice) => {
    setChoice(next);
    window.requestAnimationFrame(() => {
      const field = document.getElementById('decision-reason');
      field?.scrollIntoView({ block: 'center' });
      field?.focus({ preventScroll: true });
    });
  }, []);
  useDecisionKeys(request, decide);
  const path = `/${project}/models`;
  const side = request && <PromotionSide request={request} choice={choice} onChoice={setChoice} />;
  return (
    <Screen
      padded={false}
      sideWidth={348}
      sideTitle="Decision"
      head={
        <PageHead
          crumbs={[
            { label: 'Models', href: path },
            ...(request
              ? [{ label: request.model, href: `${path}/${request.model}` }]
              : [{ label: 'Inbox', href: `${path}/inbox` }]),
          ]}
          title={
            request
              ? `Promote v${request.number} to ${titleInHead(request.targetStage, titleOf(stages, request.targetStage))}`
              : 'Promotion'
          }
          state={request && <RequestState request={request} />}
          meta={<Neighbours id={id} />}
          actions={<Downloads id={id} />}
        />
      }
      {...(narrow ? {} : { side })}
    >
      <QueryGate query={query} what="The promotion request">
        {(data) => (
          <>
            <PromotionBody
              request={data}
              {...(narrow
                ? {
                    side: (
                      <aside className={s.inlineSide} aria-label="Decision">
                        {side}
                      </aside>
                    ),
                  }
                : {})}
            />
            {narrow && <DecisionBar request={data} onDecide={decide} />}
          </>
        )}
      </QueryGate>
    </Screen>
  );
}

function titleInHead(name: string, title: string): string {
  return title.toLowerCase() === name ? name : title;
}
