'use client';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/shell/trpc.ts';
import type { AuditEntry } from '#server/features/audit/audit.schema.ts';
import { AuditFilterBar } from './audit-filters.tsx';
import { AuditTable } from './audit-table.tsx';
import { ChainStrip } from './chain-strip.tsx';
import { toInput, useAuditFilters } from './use-audit-filters.ts';

/** What belongs to no project: sign-ins, invitations, people. */
export function InstallationRecord() {
  const trpc = useTRPC();
  const state = useAuditFilters();
  const facets = useQuery(trpc.audit.installationFacets.queryOptions());
  const query = useInfiniteQuery(
    trpc.audit.installation.infiniteQueryOptions(toInput(state.filters), {
      getNextPageParam: (page) => page.next,
      placeholderData: keepPreviousData,
    }),
  );
  const chain = useQuery(
    trpc.audit.installationChain.queryOptions(undefined, {
      refetchInterval: (found) => (found.state.data?.open ? 5_000 : 15_000),
    }),
  );
  return (
    <>
      <ChainStrip query={chain} />
      <AuditFilterBar {...state} actors={facets.data?.actors ?? []} actions={facets.data?.actions ?? []} />
      <AuditTable query={query} hrefOf={adminHref} filtered={state.any} onClear={state.clear} />
    </>
  );
}

function adminHref(target: AuditEntry['target']): string | null {
  return target.type === 'person' || target.type === 'invitation' ? '/admin/people' : null;
}
