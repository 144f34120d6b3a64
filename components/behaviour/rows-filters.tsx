'use client';
import { Button, Popover, Select } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { Chip } from '#components/ui/chip.tsx';
import { ConfusionMatrix } from '#components/ui/confusion-matrix.tsx';
import { formatNumber } from '#components/ui/format.ts';
import { SearchField } from '#components/ui/query-field.tsx';
import { Spacer, Toolbar } from '#components/ui/screen.tsx';
import type { RowsShown } from '#server/features/evaluations/rows.schema.ts';
import s from './behaviour.module.css';
import { BANDS } from './rows-state.ts';
import type { Rows } from './use-rows.ts';

/** Which rows: by what changed, slice, cell of the confusion, confidence, tag and words; every way with its count. */
export function RowsFilters({ rows }: { rows: Rows }) {
  const { state, set, facets } = rows;
  const { filter } = state;
  const counts = rows.rows.data?.pages[0]?.counts;
  const [words, setWords] = useState(filter.text ?? '');
  const search = useDebouncedCallback((value: string) => set({ q: value.trim(), row: null }), 300);
  const label = (show: RowsShown, text: string) => ({
    value: show,
    label: counts ? `${text} (${formatNumber(counts[show])})` : text,
  });
  const against = state.incumbent;
  const shows = [
    ...(against === null
      ? []
      : [
          label('changed', 'Answer changes'),
          label('better', 'Right instead of wrong'),
          label('worse', 'Wrong instead of right'),
          label('wrong', 'Wrong in either'),
        ]),
    label('candidate_wrong', `Wrong in v${state.candidate ?? ''}`),
    ...(against === null ? [] : [label('incumbent_wrong', `Wrong in v${against}`)]),
    label('all', 'All rows'),
  ];
  const slices = facets.data?.columns.map(({ name, values }) => ({
    group: name,
    items: values.map(({ value, rows: n, wrong }) => ({
      value: `${name}\u0000${value}`,
      label: `${value} (${formatNumber(wrong)} wrong of ${formatNumber(n)})`,
    })),
  }));
  const band = BANDS.find((one) => (one.from ?? undefined) === filter.from && (one.to ?? undefined) === filter.to);
  const any =
    filter.column ||
    filter.truth ||
    filter.said ||
    filter.from !== undefined ||
    filter.to !== undefined ||
    filter.text ||
    filter.tag;
  return (
    <Toolbar inset label="Which rows">
      <Select
        aria-label="Which rows"
        w={210}
        allowDeselect={false}
        data={shows}
        value={filter.show}
        onChange={(value) => set({ show: value, row: null })}
      />
      <div className={s.search}>
        <SearchField
          label="Words in the row"
          placeholder="Words in the row"
          width={220}
          value={words}
          onChange={(value) => {
            setWords(value);
            search(value);
          }}
        />
      </div>
      {slices && slices.length > 0 && (
        <Select
          aria-label="Slice"
          placeholder="Any slice"
          w={170}
          clearable
          searchable
          data={slices}
          value={filter.column && filter.value !== undefined ? `${filter.column}\u0000${filter.value}` : null}
          onChange={(value) => {
            const [column, cell] = value?.split('\u0000') ?? [];
            set({ column, value: cell, row: null });
          }}
        />
      )}
      <Select
        aria-label="Confidence"
        placeholder="Any confidence"
        w={150}
        clearable
        data={BANDS.map(({ value, label: text }) => ({ value, label: text }))}
        value={band?.value ?? null}
        onChange={(value) => {
          const chosen = BANDS.find((one) => one.value === value);
          set({ from: chosen?.from ?? null, to: chosen?.to ?? null, row: null });
        }}
      />
      {facets.data && facets.data.classes.length <= 12 && (
        <Popover position="bottom-start" withinPortal>
          <Popover.Target>
            <Button>{filter.truth && filter.said ? `${filter.truth} called ${filter.said}` : 'By right and wrong…'}</Button>
          </Popover.Target>
          <Popover.Dropdown>
            <p className="caption">Rows are what is true, columns what v{state.candidate} said. A cell shows its rows.</p>
            <div className={s.matrix}>
              <ConfusionMatrix
                classes={facets.data.classes}
                counts={facets.data.confusion}
                label={`Answers of v${state.candidate}`}
                onOpen={(truth, said) => set({ truth, said, show: 'all', row: null })}
              />
            </div>
          </Popover.Dropdown>
        </Popover>
      )}
      {facets.data && facets.data.tags.length > 0 && (
        <Select
          aria-label="Tag"
          placeholder="Any tag"
          w={120}
          clearable
          data={facets.data.tags.map(({ tag, rows: n }) => ({ value: tag, label: `${tag} (${n})` }))}
          value={filter.tag ?? null}
          onChange={(tag) => set({ tag, row: null })}
        />
      )}
      {any && (
        <Button
          variant="subtle"
          onClick={() => {
            setWords('');
            set({ q: null, column: null, value: null, truth: null, said: null, from: null, to: null, tag: null, row: null });
          }}
        >
          Clear filters
        </Button>
      )}
      <Spacer />
      <Select
        aria-label="Order"
        w={150}
        allowDeselect={false}
        data={[
          { value: 'row', label: 'In their order' },
          { value: 'confidence', label: 'Surest first' },
          ...(against === null ? [] : [{ value: 'change', label: 'Largest change first' }]),
        ]}
        value={state.sort}
        onChange={(sort) => set({ sort: sort === 'row' ? null : sort })}
      />
      {filter.truth && filter.said && <Chip tone="accent">{`${filter.truth} called ${filter.said}`}</Chip>}
    </Toolbar>
  );
}
