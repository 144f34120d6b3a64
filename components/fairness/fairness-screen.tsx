'use client';
import { Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useLive } from '#components/shell/live.tsx';
import { ModelTabs } from '#components/shell/model-tabs.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { refresh } from '#components/shell/refresh.ts';
import { useTRPC } from '#components/shell/trpc.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Link } from '#components/ui/link.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen, Section } from '#components/ui/screen.tsx';
import type { GetFairnessOutput } from '#server/features/fairness/fairness.schema.ts';
import { ExplorePanel } from './explore-panel.tsx';
import { FairnessView } from './fairness-view.tsx';
import { PolicyPanel } from './policy-panel.tsx';

/** What "fair" means for a model, whether it is, and who agreed on it when. */
export function FairnessScreen({ model, versions, side }: { model: string; versions: readonly number[]; side?: ReactNode }) {
  const trpc = useTRPC();
  const project = useProject();
  const queries = useQueryClient();
  const query = useQuery(trpc.fairness.get.queryOptions({ project: project.name, model }));
  useLive(['fairness.policy', 'suite.run'], () => refresh(queries, { queryKey: trpc.fairness.get.queryKey() }));
  const path = `/${project.name}/models`;
  return (
    <Screen
      padded={false}
      head={
        <PageHead
          crumbs={[
            { label: 'Models', href: path },
            { label: model, href: `${path}/${encodeURIComponent(model)}` },
          ]}
          title="Fairness"
        />
      }
      sideTitle="Policy"
      side={
        query.data && (
          <Stack gap={24}>
            <PolicyPanel data={query.data} />
            {side}
          </Stack>
        )
      }
    >
      <ModelTabs model={model} active="fairness" />
      <QueryGate query={query} what={`The fairness of ${model}`}>
        {(data) => (
          <>
            <Latest data={data} path={`${path}/${encodeURIComponent(model)}`} />
            {data.hasData && versions.length > 0 && (
              <Section padded divided title="Any column now" caption="figures only; what is agreed stands at the right">
                <ExplorePanel model={model} columns={data.columns} versions={versions} />
              </Section>
            )}
          </>
        )}
      </QueryGate>
    </Screen>
  );
}

function Latest({ data, path }: { data: GetFairnessOutput; path: string }) {
  const { latest } = data;
  if (!latest) {
    return (
      <Section padded>
        <EmptyState
          compact
          title="No version has been judged yet"
          explanation="The evaluation suite of a version works out these figures on its gold rows, and judges them by the policy. It runs when somebody asks for a promotion, or on its own."
        />
      </Section>
    );
  }
  return (
    <Section
      padded
      title={
        <>
          <Link className="link" href={`${path}/${latest.number}`}>
            v{latest.number}
          </Link>
          , judged <DateTime at={latest.at} />
        </>
      }
    >
      <FairnessView data={latest.data} problems={latest.problems} />
    </Section>
  );
}
