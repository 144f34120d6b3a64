'use client';
import { Button, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatBytes, formatNumber } from '#components/ui/format.ts';
import { Spacer, Toolbar } from '#components/ui/screen.tsx';
import type { Quarantined } from '#server/features/datasets/quarantine.schema.ts';
import type { VersionDetail } from '#server/features/datasets/versions.schema.ts';
import { QuarantinedDrawer } from './quarantined-drawer.tsx';
import s from './version.module.css';

const LIMIT = 100;
const COLUMNS: Column<Quarantined>[] = [
  { id: 'place', head: 'Where', cell: (row) => row.place, width: '26%', title: 'Row of the table, or file in the archive' },
  { id: 'reason', head: 'Reason', cell: (row) => row.reason, width: '22%' },
  { id: 'detail', head: 'Exactly', cell: (row) => <span className="ink-2">{row.detail}</span>, hideBelow: 1100 },
  {
    id: 'preview',
    head: 'Begins with',
    cell: (row) => row.preview.replace(/\s+/g, ' ').slice(0, 120),
    mono: true,
    hideBelow: 1280,
  },
  { id: 'bytes', head: 'Size', align: 'right', cell: (row) => formatBytes(row.bytes) },
];

/** What the build couldn't take, by reason; each can be opened as it came. */
export function QuarantineTab({ version }: { version: VersionDetail }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const [reason, setReason] = useState<string | null>(null);
  const [opened, setOpened] = useState<number | null>(null);
  const input = { project, versionId: version.id, limit: LIMIT, ...(reason ? { reason } : {}) };
  const found = useInfiniteQuery({
    queryKey: [...trpc.datasets.quarantine.pathKey(), 'pages', input],
    queryFn: ({ pageParam, client }) => client.fetchQuery(trpc.datasets.quarantine.queryOptions({ ...input, offset: pageParam })),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const seen = pages.reduce((sum, page) => sum + page.items.length, 0);
      return seen < last.total ? seen : undefined;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const first = found.data?.pages[0];
  const items = found.data?.pages.flatMap((page) => page.items);
  return (
    <>
      {(version.quarantinedCount ?? 0) > 0 && (
        <Toolbar inset label="Which of them">
          <Select
            aria-label="Reason"
            placeholder="All reasons"
            clearable
            w={320}
            value={reason}
            onChange={setReason}
            data={(first?.reasons ?? []).map((one) => ({
              value: one.reason,
              label: `${one.reason} (${formatNumber(one.count)})`,
            }))}
          />
          <Spacer />
          <span className="ink-3 num">
            {formatNumber(items?.length)} of {formatNumber(first?.total)} shown
          </span>
        </Toolbar>
      )}
      <DataTable
        label="Quarantine"
        inset
        columns={COLUMNS}
        rows={items}
        error={found.error}
        onRetry={() => void found.refetch()}
        rowKey={(row) => String(row.index)}
        onOpen={(row) => setOpened(row.index)}
        current={opened === null ? null : String(opened)}
        empty={
          <EmptyState
            compact
            title="Nothing is in quarantine"
            explanation="Everything that was read could be taken into this version."
          />
        }
      />
      {found.hasNextPage && (
        <div className={s.pager}>
          <Button size="xs" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      <QuarantinedDrawer versionId={version.id} index={opened} onClose={() => setOpened(null)} />
    </>
  );
}
