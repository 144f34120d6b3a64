'use client';
import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useLive } from '#components/shell/live.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { PageHead } from '#components/ui/page-head.tsx';
import type { QueryError } from '#components/ui/query-field.tsx';
import { Screen } from '#components/ui/screen.tsx';
import type { AuditEntry } from '#server/features/audit/audit.schema.ts';
import s from './audit.module.css';
import { AuditFilterBar } from './audit-filters.tsx';
import { AuditTable } from './audit-table.tsx';
import { targetHref } from './audit-words.ts';
import { ChainStrip } from './chain-strip.tsx';
import { exportHref, toInput, useAuditFilters } from './use-audit-filters.ts';

/** Where the search can't be read; other failures show in the table. */
function queryError(error: unknown): QueryError | null {
  const details = (error as { data?: { details?: { errors?: QueryError[] } } } | null)?.data?.details;
  return details?.errors?.[0] ?? null;
}

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
  const chain = useQuery(
    trpc.audit.chain.queryOptions(
      { project: project.name },
      { refetchInterval: (found) => (found.state.data?.open ? 5_000 : 15_000) },
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
    <Screen
      padded={false}
      head={
        <PageHead
          title="Audit"
          meta="written with every change, never altered"
          actions={
            <Menu>
              <Menu.Target>
                <Button leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}>Export</Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item component="a" href={exportHref(project.name, state.filters, 'csv')} download>
                  As CSV
                </Menu.Item>
                <Menu.Item component="a" href={exportHref(project.name, state.filters, 'jsonl')} download>
                  As JSON Lines
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          }
        />
      }
    >
      <ChainStrip query={chain} />
      <AuditFilterBar
        {...state}
        actors={facets.data?.actors ?? []}
        actions={facets.data?.actions ?? []}
        error={queryError(query.error)}
      />
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
