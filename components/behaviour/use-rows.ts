'use client';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import type { RowsPlace } from '#server/features/evaluations/rows.schema.ts';
import { readRowsState, writeRowsState } from './rows-state.ts';

const PAGE = 100;

/** The rows that the address asks for, page by page, and what there is to filter by. */
export function useRows(model: string) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const params = useSearchParams();
  const router = useRouter();
  const path = usePathname();
  const text = params.toString();
  const asked = useMemo(() => readRowsState(text), [text]);
  const known = useQuery(trpc.models.get.queryOptions({ project, model }));
  const versions = known.data?.versions ?? [];
  const candidate = asked.candidate ?? versions[0]?.number ?? null;
  const state = { ...asked, candidate };
  const place: RowsPlace | null =
    candidate === null
      ? null
      : {
          model,
          candidate,
          ...(asked.incumbent === null ? {} : { incumbent: asked.incumbent }),
          ...(asked.on ? { on: asked.on } : {}),
        };
  const input = place ?? { model, candidate: 1 };
  const rows = useInfiniteQuery({
    ...trpc.rows.list.infiniteQueryOptions(
      { project, ...input, filter: asked.filter, sort: asked.sort, limit: PAGE },
      {
        initialCursor: 0,
        getNextPageParam: (last, pages) => {
          const shown = pages.reduce((sum, page) => sum + page.rows.length, 0);
          return shown < last.matching ? shown : undefined;
        },
      },
    ),
    enabled: place !== null,
    placeholderData: keepPreviousData,
  });
  const facets = useQuery({ ...trpc.rows.facets.queryOptions({ project, ...input }), enabled: place !== null });
  const set = (change: Record<string, string | number | null | undefined>) => {
    const next = writeRowsState(text, change);
    router.replace(next ? `${path}?${next}` : path, { scroll: false });
  };
  return { project, model, place, state, set, rows, facets, known, versions };
}
export type Rows = ReturnType<typeof useRows>;
