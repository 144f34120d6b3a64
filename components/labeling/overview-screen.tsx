'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLive } from '#components/shell/live.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { refresh } from '#components/shell/refresh.ts';
import { useTRPC } from '#components/shell/trpc.ts';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen } from '#components/ui/screen.tsx';
import type { LabelingDetail } from '#server/features/labeling/labeling.schema.ts';
import { GuidelineSection } from './guideline-section.tsx';
import { ItemsTable } from './items-table.tsx';
import s from './labeling.module.css';
import { LabelingFacts } from './labeling-facts.tsx';
import { LabelingState } from './labeling-state.tsx';
import { OverviewActions } from './overview-actions.tsx';
import { OverviewSummary } from './overview-summary.tsx';
import { UnsentAnswers } from './unsent-answers.tsx';

/** One labeling project: how far it is, by whom, its items, and what comes out of it. */
export function OverviewScreen({ labeling }: { labeling: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name: project, can } = useProject();
  const detail = useQuery(trpc.labeling.get.queryOptions({ project, labeling }));
  useLive(['label.'], () => refresh(queries, trpc.labeling.pathFilter()), { atMostEveryMs: 1000 });
  const known = detail.data;
  const head = (
    <PageHead
      crumbs={[{ label: 'Labeling', href: `/${project}/labeling` }]}
      title={labeling}
      state={known && <LabelingState labeling={known} />}
      actions={known && <OverviewActions labeling={known} />}
    />
  );
  return (
    <Screen head={head} sideTitle="Guideline" side={known && <Side labeling={known} />}>
      <QueryGate query={detail} what={`The labeling project ${labeling}`}>
        {(data) => (
          <>
            {can('label:write') && <UnsentAnswers labeling={data.name} />}
            <OverviewSummary labeling={data} />
            {data.team !== null && data.counts.total > 0 && (
              <div className={s.items}>
                <ItemsTable labeling={data} />
              </div>
            )}
          </>
        )}
      </QueryGate>
    </Screen>
  );
}

function Side({ labeling }: { labeling: LabelingDetail }) {
  return (
    <div className={s.side}>
      <GuidelineSection labeling={labeling} />
      <LabelingFacts labeling={labeling} />
    </div>
  );
}
