'use client';
import { Select } from '@mantine/core';
import { useState } from 'react';
import { ModelTabs } from '#components/shell/model-tabs.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { useKeys } from '#components/ui/keys.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen } from '#components/ui/screen.tsx';
import s from './behaviour.module.css';
import { RowSide } from './row-side.tsx';
import { RowsActions } from './rows-actions.tsx';
import { RowsFilters } from './rows-filters.tsx';
import { RowsTable } from './rows-table.tsx';
import { type Rows, useRows } from './use-rows.ts';

/** The very rows that two versions of a model answer differently, and those that either gets wrong. */
export function RowsScreen({
  model,
  explain,
}: {
  model: string;
  explain?: (row: { version: number; datasetVersionId: string; row: number }) => React.ReactNode;
}) {
  const rows = useRows(model);
  const path = `/${rows.project}/models`;
  const { state, place } = rows;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const shown = rows.rows.data?.pages.flatMap((page) => page.rows) ?? [];
  const at = shown.findIndex((row) => row.row === state.row);
  const step = (by: number) => {
    const next = shown[at + by];
    if (next) rows.set({ row: next.row });
  };
  useKeys([
    { keys: 'J', label: 'Next row', run: () => step(1) },
    { keys: 'K', label: 'Previous row', run: () => step(-1) },
    {
      keys: 'X',
      label: 'Select the open row',
      run: () => {
        if (state.row !== null) setSelected((now) => toggled(now, String(state.row)));
      },
    },
  ]);
  return (
    <Screen
      padded={false}
      sideTitle="The row"
      sideWidth={348}
      head={
        <PageHead
          crumbs={[
            { label: 'Models', href: path },
            { label: model, href: `${path}/${encodeURIComponent(model)}` },
          ]}
          title="Rows"
          meta={<Sides rows={rows} />}
        />
      }
      side={
        state.row !== null && place ? (
          <RowSide place={place} row={state.row} onClose={() => rows.set({ row: null })} {...(explain ? { explain } : {})} />
        ) : undefined
      }
    >
      <div className={s.page}>
        <ModelTabs model={model} active="rows" />
        <QueryGate query={rows.known} what={`The model ${model}`}>
          {(data) =>
            data.versions.length === 0 ? (
              <EmptyState
                title="There is no version to look at yet."
                explanation="Register a version of this model; then its wrong answers stand here, row by row."
              />
            ) : rows.rows.error && !rows.rows.data ? (
              <ErrorState
                error={rows.rows.error}
                what="The rows could not be read."
                onRetry={() => void rows.rows.refetch()}
                retrying={rows.rows.isFetching}
              />
            ) : (
              <div className={s.rest}>
                <RowsFilters rows={rows} />
                <RowsTable rows={rows} selected={selected} onSelect={setSelected} />
                {selected.size > 0 && place && (
                  <RowsActions rows={rows} place={place} selected={selected} onDone={() => setSelected(new Set())} />
                )}
              </div>
            )
          }
        </QueryGate>
      </div>
    </Screen>
  );
}

/** Which two versions are held against each other, and on what. */
function Sides({ rows }: { rows: Rows }) {
  const { state, versions, facets } = rows;
  const choices = versions.map((version) => ({ value: String(version.number), label: `v${version.number}` }));
  const keyOf = (part: { datasetVersionId: string; split: string }) => `${part.datasetVersionId} ${part.split}`;
  const parts = facets.data?.parts ?? [];
  const on = rows.rows.data?.pages[0]?.on;
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 8 }}>
      <Select
        aria-label="Candidate"
        w={80}
        data={choices}
        allowDeselect={false}
        value={state.candidate === null ? null : String(state.candidate)}
        onChange={(value) => rows.set({ candidate: value, row: null })}
      />
      against
      <Select
        aria-label="Against version"
        w={96}
        clearable
        placeholder="none"
        data={choices.filter((choice) => choice.value !== String(state.candidate))}
        value={state.incumbent === null ? null : String(state.incumbent)}
        onChange={(value) => rows.set({ incumbent: value, show: value === null ? 'candidate_wrong' : 'changed', row: null })}
      />
      on
      <Select
        aria-label="On the rows of"
        w={180}
        allowDeselect={false}
        data={parts.map((part) => ({ value: keyOf(part), label: `${part.dataset} v${part.number} ${part.split}` }))}
        value={on ? keyOf(on) : null}
        onChange={(value) => {
          const [data, split] = (value ?? '').split(' ');
          rows.set({ data, split, row: null });
        }}
      />
    </span>
  );
}

function toggled(now: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(now);
  if (!next.delete(key)) next.add(key);
  return next;
}
