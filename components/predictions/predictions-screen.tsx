'use client';
import { Button } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useLive } from '#components/shell/live.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Link } from '#components/ui/link.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { Screen } from '#components/ui/screen.tsx';
import type { PredictionRow } from '#server/features/predictions/predictions.schema.ts';
import { toSearch } from './filters.ts';
import { PredictionFilterBar } from './prediction-filters.tsx';
import s from './predictions.module.css';
import { PredictionsTable } from './predictions-table.tsx';
import { usePredictionFilters } from './use-prediction-filters.ts';

/** Any request that a deployment has answered. New ones wait behind a button, so that nothing moves under the reader. */
export function PredictionsScreen() {
  const project = useProject();
  const trpc = useTRPC();
  const state = usePredictionFilters();
  const [fresh, setFresh] = useState(false);
  const search = toSearch(state.filters);
  const facets = useQuery(trpc.predictions.facets.queryOptions({ project: project.name }));
  const query = useInfiniteQuery(
    trpc.predictions.search.infiniteQueryOptions(
      { project: project.name, ...search },
      {
        getNextPageParam: (page) => page.nextCursor ?? undefined,
        placeholderData: keepPreviousData,
        refetchOnWindowFocus: false,
      },
    ),
  );
  const empty = query.data !== undefined && query.data.pages[0]?.predictions.length === 0;
  useLive(['prediction.'], () => {
    if (empty) void query.refetch();
    else setFresh(true);
  });
  const show = () => {
    setFresh(false);
    void query.refetch();
    void facets.refetch();
  };
  const hrefOf = useCallback((row: PredictionRow) => `/${project.name}/predictions/${row.id}`, [project.name]);
  return (
    <Screen
      padded={false}
      head={<PageHead title="Predictions" meta="what the deployments have answered, with what became of it" />}
    >
      {(!empty || state.any) && <PredictionFilterBar {...state} facets={facets.data} />}
      {fresh && (
        <div className={s.fresh} role="status">
          <Button size="xs" variant="subtle" onClick={show}>
            Show what is new
          </Button>
        </div>
      )}
      <PredictionsTable
        query={query}
        hrefOf={hrefOf}
        clock={search.clock ?? 'arrival'}
        filtered={state.any}
        onClear={state.clear}
        empty={
          <EmptyState
            title="Nothing has been served yet."
            explanation="Each request that a deployment answers is written down here: its input, the answer, the version that gave it, how long it took, and the outcome once it is known."
            action={
              <Button variant="filled" component={Link} href={`/${project.name}/deployments`}>
                Go to deployments
              </Button>
            }
          />
        }
      />
    </Screen>
  );
}
