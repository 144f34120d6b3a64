'use client';
import { Button, MultiSelect, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { QueryGate } from '#components/ui/query-gate.tsx';
import type { GetFairnessOutput } from '#server/features/fairness/fairness.schema.ts';
import { ColumnPanel } from './column-panel.tsx';
import s from './fairness.module.css';

/** Any column of the gold rows, or two crossed, of any version, right now. */
export function ExplorePanel({
  model,
  columns,
  versions,
}: {
  model: string;
  columns: GetFairnessOutput['columns'];
  versions: readonly number[];
}) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const [chosen, setChosen] = useState<string[]>([]);
  const [number, setNumber] = useState(versions[0] ?? 1);
  const [asked, setAsked] = useState<{ columns: string[]; number: number } | null>(null);
  const query = useQuery({
    ...trpc.fairness.explore.queryOptions({ project, model, columns: asked?.columns ?? ['-'], number: asked?.number ?? 1 }),
    enabled: asked !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className={s.stack}>
      <form
        className={s.explore}
        onSubmit={(event) => {
          event.preventDefault();
          setAsked({ columns: chosen, number });
        }}
      >
        <MultiSelect
          label="Column, or two crossed"
          w={320}
          maxValues={2}
          data={columns.map((column) => column.name)}
          value={chosen}
          onChange={setChosen}
        />
        <Select
          label="Version"
          w={96}
          allowDeselect={false}
          data={versions.map((one) => ({ value: String(one), label: `v${one}` }))}
          value={String(number)}
          onChange={(value) => setNumber(Number(value))}
        />
        <Button type="submit" disabled={chosen.length === 0} loading={query.isFetching}>
          Show the figures
        </Button>
      </form>
      {asked && (
        <QueryGate query={query} what="The figures" rows={6}>
          {(column) => <ColumnPanel key={column.subject} column={column} />}
        </QueryGate>
      )}
    </div>
  );
}
