'use client';
import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { SearchField } from '#components/ui/query-field.tsx';
import { Toolbar } from '#components/ui/screen.tsx';
import s from './predictions.module.css';
import type { usePredictionFilters } from './use-prediction-filters.ts';

type Facets = { deployments: { name: string; versions: number[] }[]; labels: string[] };
type Props = ReturnType<typeof usePredictionFilters> & { facets: Facets | undefined };

const RESULTS = [
  { value: 'right', label: 'Right' },
  { value: 'wrong', label: 'Wrong' },
  { value: 'open', label: 'No outcome yet' },
  { value: 'failed', label: 'Failed' },
];
const CLOCKS = [
  { value: 'arrival', label: 'Arrived' },
  { value: 'event', label: 'Event time' },
];

/** Which request, where, by which version, what it said, whether that was right, and when. */
export function PredictionFilterBar({ filters, set, clear, any, facets }: Props) {
  const [id, setId] = useState(filters.id ?? '');
  const write = useDebouncedCallback((value: string) => set({ id: value.trim() }), 300);
  const deployments = facets?.deployments ?? [];
  const chosen = deployments.filter((deployment) => !filters.deployment || deployment.name === filters.deployment);
  const versions = [...new Set(chosen.flatMap((deployment) => deployment.versions))].sort((a, b) => a - b);
  return (
    <Toolbar inset label="Filters of the predictions">
      <div className={s.search}>
        <SearchField
          label="Request id"
          placeholder="Request id"
          value={id}
          onChange={(value) => {
            setId(value);
            write(value);
          }}
        />
      </div>
      {deployments.length > 1 && (
        <Choice
          label="Deployment"
          all="Any deployment"
          wide
          data={deployments.map(({ name }) => name)}
          value={filters.deployment}
          onChange={(deployment) => set({ deployment, version: '' })}
        />
      )}
      <Choice
        label="Version"
        all="Any version"
        data={versions.map((number) => ({ value: String(number), label: `version ${number}` }))}
        value={filters.version}
        onChange={(version) => set({ version })}
      />
      <Choice label="Arm" all="Any arm" data={['primary', 'canary']} value={filters.arm} onChange={(arm) => set({ arm })} />
      <Choice
        label="Answer"
        all="Any answer"
        data={facets?.labels ?? []}
        value={filters.label}
        onChange={(label) => set({ label })}
      />
      <Choice label="Outcome" all="Any outcome" data={RESULTS} value={filters.result} onChange={(result) => set({ result })} />
      <Select
        aria-label="Which time"
        className={s.clock}
        data={CLOCKS}
        value={filters.clock ?? 'arrival'}
        allowDeselect={false}
        onChange={(clock) => set({ clock: clock === 'event' ? 'event' : '' })}
      />
      <div className={s.days}>
        <Day label="From day" value={filters.from} max={filters.to} onChange={(from) => set({ from })} />
        <span className="ink-3">to</span>
        <Day label="To day" value={filters.to} min={filters.from} onChange={(to) => set({ to })} />
      </div>
      {any && (
        <Button
          variant="subtle"
          onClick={() => {
            setId('');
            clear();
          }}
        >
          Clear
        </Button>
      )}
    </Toolbar>
  );
}

function Choice(o: {
  label: string;
  all: string;
  wide?: boolean;
  data: (string | { value: string; label: string })[];
  value: string | undefined;
  onChange: (value: string) => void;
}) {
  return (
    <Select
      aria-label={o.label}
      placeholder={o.all}
      className={o.wide ? s.wide : s.choice}
      data={o.data}
      value={o.value ?? null}
      onChange={(value) => o.onChange(value ?? '')}
      clearable
    />
  );
}

function Day(o: {
  label: string;
  value: string | undefined;
  min?: string | undefined;
  max?: string | undefined;
  onChange: (value: string) => void;
}) {
  return (
    <TextInput
      aria-label={o.label}
      type="date"
      className={s.day}
      value={o.value ?? ''}
      min={o.min}
      max={o.max}
      onChange={(event) => o.onChange(event.currentTarget.value)}
    />
  );
}
