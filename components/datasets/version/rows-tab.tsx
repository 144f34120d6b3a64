'use client';
import { Button, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatNumber } from '#components/ui/format.ts';
import { LoadingRows } from '#components/ui/loading-rows.tsx';
import { QueryField } from '#components/ui/query-field.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Toolbar } from '#components/ui/screen.tsx';
import type { VersionDetail } from '#server/features/datasets/versions.schema.ts';
import { parseRowQuery, withCondition, writeRowQuery } from '../row-query.ts';
import { ColumnsMenu, useShownColumns } from './columns-menu.tsx';
import { RowDrawer } from './row-drawer.tsx';
import { RowsTable } from './rows-table.tsx';
import { PAGE, useRowsState } from './use-rows-state.ts';
import s from './version.module.css';

/** Rows under their own profile; a click on a bar writes into the filter. */
export function RowsTab({ version }: { version: VersionDetail }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const state = useRowsState(version.columns);
  const [draft, setDraft] = useState(state.text);
  useEffect(() => setDraft(state.text), [state.text]);
  const shown = useShownColumns(version);
  const [opened, setOpened] = useState<number | null>(null);
  const drafted = parseRowQuery(draft, version.columns);
  const rows = useQuery(
    trpc.datasets.rows.queryOptions(
      {
        project,
        versionId: version.id,
        offset: state.page * PAGE,
        limit: PAGE,
        filter: state.query.conditions,
        ...(state.split ? { split: state.split } : {}),
        ...(state.sort ? { sort: state.sort } : {}),
      },
      { placeholderData: keepPreviousData, staleTime: Number.POSITIVE_INFINITY, enabled: state.query.problem === null },
    ),
  );
  const submit = (text: string) => {
    if (text !== state.text && parseRowQuery(text, version.columns).problem === null) state.setText(text.trim());
  };
  const count = rows.data ? `${formatNumber(rows.data.matching)} of ${formatNumber(rows.data.total)} rows` : undefined;
  const parts = version.profile?.parts.map((part) => part.name) ?? [];
  return (
    <>
      <Toolbar inset label="Which rows">
        <QueryField
          label="Filter rows"
          placeholder={exampleQuery(version)}
          value={draft}
          onChange={setDraft}
          onSubmit={submit}
          tokens={(text) => parseRowQuery(text, version.columns).tokens}
          error={draft === state.text ? state.query.problem : drafted.problem}
          count={count}
        />
        <Select
          aria-label="Part"
          placeholder="All parts"
          clearable
          w={128}
          data={parts}
          value={state.split}
          onChange={state.setSplit}
        />
        <ColumnsMenu version={version} shown={shown} />
      </Toolbar>
      <QueryGate
        query={rows}
        what="The rows"
        loading={
          <div className={s.inset}>
            <LoadingRows rows={12} what="Reading rows …" />
          </div>
        }
      >
        {(page) => (
          <>
            <RowsTable
              version={version}
              page={page}
              shown={shown.columns}
              sort={state.sort}
              onSort={state.setSort}
              active={state.query.conditions}
              onFilter={(condition) => state.setText(withCondition(state.query.conditions, condition))}
              onOpen={setOpened}
              stale={rows.isPlaceholderData}
            />
            {page.matching === 0 && (
              <EmptyState
                compact
                title={page.total === 0 ? 'This version has no rows' : 'No row is like that'}
                explanation={
                  page.total === 0
                    ? 'All that was read went to quarantine: its reasons stand there.'
                    : 'Make the filter wider, or empty it.'
                }
                action={page.total > 0 && <Button onClick={() => state.setText('')}>Empty the filter</Button>}
              />
            )}
            <Pager page={state.page} matching={page.matching} onPage={state.setPage} />
          </>
        )}
      </QueryGate>
      <RowDrawer version={version} row={opened} onClose={() => setOpened(null)} />
    </>
  );
}

/** A filter that would work on these columns. */
function exampleQuery(version: VersionDetail): string {
  const named = version.profile?.columns.find((column) => column.top !== null && column.top.length > 0);
  const text = version.columns.find((column) => column.kind === 'text');
  const first = named?.top?.[0] ? writeRowQuery([{ op: 'is', column: named.name, value: named.top[0].value }]) : null;
  const second = text ? writeRowQuery([{ op: 'contains', column: text.name, value: 'some words' }]) : null;
  return [first, second].filter((part) => part !== null).join(' and ') || '_split = train';
}

function Pager({ page, matching, onPage }: { page: number; matching: number; onPage: (page: number) => void }) {
  const pages = Math.max(1, Math.ceil(matching / PAGE));
  if (pages === 1) return null;
  return (
    <nav className={s.pager} aria-label="Pages of rows">
      <Button size="xs" disabled={page === 0} onClick={() => onPage(page - 1)}>
        Previous
      </Button>
      <span className="num ink-2">
        {formatNumber(page * PAGE + 1)} to {formatNumber(Math.min(matching, (page + 1) * PAGE))} of {formatNumber(matching)}
      </span>
      <Button size="xs" disabled={page + 1 >= pages} onClick={() => onPage(page + 1)}>
        Next
      </Button>
    </nav>
  );
}
