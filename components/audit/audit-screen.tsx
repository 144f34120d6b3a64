'use client';
import { Button } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useLive } from '#components/shell/live.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { PageHead } from '#components/ui/page-head.tsx';
import { Screen } from '#components/ui/screen.tsx';
import type { AuditEntry } from '#server/features/audit/audit.schema.ts';
import s from './audit.module.css';
import { AuditFilterBar } from './audit-filters.tsx';
import { AuditTable } from './audit-table.tsx';
import { targetHref } from './audit-words.ts';
import { toInput, useAuditFilters } from './use-audit-filters.ts';

/** Who did what in this project. New entries wait behind a button, so that nothing moves under the reader. */
export function AuditScreen() {
  const project = useProject();
  const trpc = useTRPC();
  const state = useAuditFilters();
  const [fresh, setFresh] = useState(0);
  const facets = useQuery(trpc.audit.facets.queryOptions({ project: project.name }));
  const query = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(
      { project: project.name, ...toInput(state.filters) },
      { getNextPageParam: (page) => page.next, placeholderData: keepPreviousData, refetchOnWindowFocus: false },
    ),
  );
  useLive(['audit.'], (events) => setFresh((count) => count + events.length));
  const show = () => {
    setFresh(0);
    void query.refetch();
    void facets.refetch();
  };
  const hrefOf = useCallback((target: AuditEntry['target']) => targetHref(project.name, target), [project.name]);
  return (
    <Screen padded={false} head={<PageHead title="Audit" meta="written with every change, never altered" />}>
      <AuditFilterBar {...state} actors={facets.data?.actors ?? []} actions={facets.data?.actions ?? []} />
      {fresh > 0 && (
        <div className={s.fresh} role="status">
          <Button size="xs" variant="subtle" onClick={show}>
            Show {fresh} new
          </Button>
        </div>
      )}
      <AuditTable query={query} hrefOf={hrefOf} filtered={state.any} onClear={state.clear} />
    </Screen>
  );
}
