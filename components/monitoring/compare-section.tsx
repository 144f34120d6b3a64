'use client';
import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Section } from '#components/ui/screen.tsx';
import { ComparisonResult } from './comparison-result.tsx';
import s from './monitoring.module.css';
import type { Shown } from './prepare-range.ts';
import { servedVersions } from './prepare-versions.ts';
import type { MonitorDetail } from './types.ts';
import type { MonitorAddress } from './use-monitor-address.ts';
import { rangeName } from './window-words.ts';

/** Two versions on the very same requests of the windows shown, those left out that either was trained on. */
export function CompareSection({ monitor, shown, address }: { monitor: MonitorDetail; shown: Shown; address: MonitorAddress }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const model = useQuery({ ...trpc.models.get.queryOptions({ project, model: monitor.model }), enabled: monitor.model !== '' });
  const versions = [...(model.data?.versions ?? [])].sort((a, b) => b.number - a.number);
  const served = servedVersions(shown.slots).flatMap(({ id }) => versions.find((version) => version.id === id)?.number ?? []);
  const [first, setFirst] = useState<number | null>(null);
  const [second, setSecond] = useState<number | null>(null);
  const b = second ?? address.compare?.[1] ?? served[0] ?? versions[0]?.number ?? null;
  const a =
    first ??
    address.compare?.[0] ??
    served.find((number) => number !== b) ??
    versions.find(({ number }) => number !== b)?.number ??
    null;
  const comparison = useQuery({
    ...trpc.monitoring.compareVersions.queryOptions({
      project,
      monitor: monitor.name,
      from: shown.from,
      to: shown.end,
      versions: address.compare ?? [1, 1],
    }),
    enabled: address.compare !== null,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (versions.length < 2) return null;
  const data = versions.map(({ number, stage }) => ({ value: String(number), label: `v${number}, ${stage}` }));
  return (
    <Section
      divided
      padded
      title="Compare two versions"
      caption={`on the same requests, ${rangeName(shown.from, shown.end)}, that neither was trained on`}
    >
      <form
        className={s.compare}
        onSubmit={(event) => {
          event.preventDefault();
          if (a !== null && b !== null && a !== b) address.change({ compare: `${a},${b}` });
        }}
      >
        <Select
          aria-label="First version"
          allowDeselect={false}
          data={data}
          value={a === null ? null : String(a)}
          onChange={(value) => setFirst(Number(value))}
        />
        <span className="ink-2">against</span>
        <Select
          aria-label="Second version"
          allowDeselect={false}
          data={data}
          value={b === null ? null : String(b)}
          onChange={(value) => setSecond(Number(value))}
        />
        <Button type="submit" loading={comparison.isFetching} disabled={a === b || a === null || b === null}>
          Compare
        </Button>
        {a === b && <span className="caption">Choose two different ones.</span>}
      </form>
      {address.compare && (
        <QueryGate query={comparison} what="The comparison" rows={4}>
          {(result) => <ComparisonResult comparison={result} />}
        </QueryGate>
      )}
    </Section>
  );
}
