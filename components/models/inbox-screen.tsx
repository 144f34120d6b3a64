'use client';
import { useQuery } from '@tanstack/react-query';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useMemo, useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { useKeys } from '#components/ui/keys.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { SearchField } from '#components/ui/query-field.tsx';
import { Screen, Section, Toolbar } from '#components/ui/screen.tsx';
import { TabLinks } from '#components/ui/tab-links.tsx';
import { DelegationPanel } from './delegation-panel.tsx';
import { COLUMNS } from './inbox-columns.tsx';
import { BOX_WORDS, BOXES, type Box, matching, readFilter, sortIntoBoxes, writeFilter } from './inbox-filter.ts';
import { useModelsLive } from './use-models-live.ts';

const EMPTY: Record<Box, [string, string]> = {
  mine: [
    'Nothing waits for a decision.',
    'When somebody asks for a promotion that you may decide, it stands here, and you are told.',
  ],
  asked: ['You have asked for nothing that is still open.', 'A promotion is asked for on the page of a model version.'],
  others: ['Nothing is with others.', 'What others asked for, and what is being rolled out, stands here.'],
  reviews: [
    'No emergency waits for its review.',
    'A promotion past the usual approvals is reviewed here by somebody who had no part in it.',
  ],
  ended: ['Nothing has been decided yet.', 'Approved, refused, withdrawn and expired requests stay here for ever.'],
};

/** All promotion requests by what they wait for: oneself first, the oldest first. */
export function InboxScreen() {
  const trpc = useTRPC();
  const router = useRouter();
  const pathname = usePathname();
  const { name: project, can } = useProject();
  // Who never decides begins with what they asked for, who never asks with what others do.
  const usual = can('promotion:decide') ? 'mine' : can('promotion:request') ? 'asked' : 'others';
  const filter = readFilter(useSearchParams(), usual);
  const query = useQuery(trpc.promotions.list.queryOptions({ project }));
  useModelsLive();
  const boxes = useMemo(() => (query.data ? sortIntoBoxes(query.data) : null), [query.data]);
  const rows = boxes ? matching(boxes[filter.box], filter) : undefined;
  const [at, setAt] = useState(-1);
  const open = (id: string | undefined) => id && router.push(`/${project}/models/requests/${id}`);
  const move = (by: number) => setAt((now) => Math.max(0, Math.min((rows?.length ?? 1) - 1, now + by)));
  useKeys([
    { keys: 'j', label: 'Next request', run: () => move(1) },
    { keys: 'k', label: 'Previous request', run: () => move(-1) },
    { keys: 'o', label: 'Open the chosen request', run: () => open(rows?.[at]?.id), disabled: at < 0 },
  ]);
  const [title, explanation] = EMPTY[filter.box];
  const filtered = filter.text !== '' || filter.model !== null;
  return (
    <Screen padded={false} head={<PageHead crumbs={[{ label: 'Models', href: `/${project}/models` }]} title="Promotion inbox" />}>
      <TabLinks
        label="Boxes"
        active={`${pathname}${writeFilter(filter, usual)}`}
        items={BOXES.map((box) => ({
          href: `${pathname}${writeFilter({ ...filter, box }, usual)}`,
          label: BOX_WORDS[box],
          ...(boxes && box !== 'ended' ? { count: boxes[box].length } : {}),
        }))}
      />
      <Toolbar inset>
        <SearchField
          label="Filter the requests"
          placeholder="Model, person, words"
          value={filter.text}
          onChange={(text) => {
            setAt(-1);
            router.replace(`${pathname}${writeFilter({ ...filter, text }, usual)}`, { scroll: false });
          }}
          {...(rows ? { count: String(rows.length) } : {})}
        />
      </Toolbar>
      <Section padded>
        <DataTable
          label={BOX_WORDS[filter.box]}
          loadingRows={3}
          rowHeight={36}
          columns={COLUMNS[filter.box]}
          rows={rows}
          error={query.error}
          onRetry={() => void query.refetch()}
          rowKey={(row) => row.id}
          href={(row) => `/${project}/models/requests/${row.id}`}
          {...(rows?.[at] ? { current: rows[at].id } : {})}
          empty={
            filtered ? (
              <EmptyState
                compact
                title="None of them fits the filter."
                explanation="Take words away, or look into another box."
              />
            ) : (
              <EmptyState compact title={title} explanation={explanation} />
            )
          }
        />
      </Section>
      {can('promotion:decide') && <DelegationPanel />}
    </Screen>
  );
}
