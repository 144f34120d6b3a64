'use client';
import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { type QueryError, QueryField } from '#components/ui/query-field.tsx';
import { Toolbar } from '#components/ui/screen.tsx';
import { highlight } from '#server/domain/query/highlight.ts';
import s from './audit.module.css';
import { groupActions } from './audit-words.ts';
import type { useAuditFilters } from './use-audit-filters.ts';

type Props = ReturnType<typeof useAuditFilters> & {
  actors: readonly string[];
  actions: readonly string[];
  error?: QueryError | null;
};

/** Who, what, on what, when. */
export function AuditFilterBar({ filters, set, clear, any, actors, actions, error }: Props) {
  const [query, setQuery] = useState(filters.query ?? '');
  const write = useDebouncedCallback((value: string) => set({ query: value }), 500);
  return (
    <Toolbar inset label="Filters of the record">
      <Select
        aria-label="Who"
        placeholder="Anybody"
        className={s.who}
        data={withChosen(actors, filters.actor)}
        value={filters.actor ?? null}
        onChange={(actor) => set({ actor: actor ?? '' })}
        searchable
        clearable
      />
      <Select
        aria-label="What was done"
        placeholder="Any act"
        className={s.what}
        data={groupActions(withChosen(actions, filters.action))}
        value={filters.action ?? null}
        onChange={(action) => set({ action: action ?? '' })}
        searchable
        clearable
      />
      <div className={s.query}>
        <QueryField
          label="Search the record"
          placeholder="target = 'spam-filter v2' and reason ilike '%gates%', or plain words"
          value={query}
          tokens={highlight}
          error={error ?? null}
          onChange={(value) => {
            setQuery(value);
            write(value);
          }}
          onSubmit={(value) => set({ query: value })}
        />
      </div>
      <TextInput
        aria-label="From day"
        type="date"
        className={s.day}
        value={filters.from ?? ''}
        max={filters.to}
        onChange={(event) => set({ from: event.currentTarget.value })}
      />
      <span className={s.to}>to</span>
      <TextInput
        aria-label="To day"
        type="date"
        className={s.day}
        value={filters.to ?? ''}
        min={filters.from}
        onChange={(event) => set({ to: event.currentTarget.value })}
      />
      {any && (
        <Button
          variant="subtle"
          onClick={() => {
            setQuery('');
            clear();
          }}
        >
          Clear
        </Button>
      )}
    </Toolbar>
  );
}

/** The choices with the one that stands in the address, which may be of a time when it was there. */
function withChosen(choices: readonly string[], chosen: string | undefined): string[] {
  return chosen && !chosen.endsWith('.') && !choices.includes(chosen) ? [...choices, chosen] : [...choices];
}
