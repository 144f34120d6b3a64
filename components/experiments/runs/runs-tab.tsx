'use client';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { useCommands } from '#components/shell/commands.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { useKeys } from '#components/ui/keys.tsx';
import { Link } from '#components/ui/link.tsx';
import { QueryField } from '#components/ui/query-field.tsx';
import { Spacer, Toolbar } from '#components/ui/screen.tsx';
import { MAX_COMPARED } from '#server/features/experiments/compare.schema.ts';
import { comparePath, experimentPath, runPath } from '../paths.ts';
import { useAddress } from '../use-address.ts';
import { matchesRun } from './filter.ts';
import { filterTokens } from './filter-tokens.ts';
import { readOrder, sortRows, writeOrder } from './order.ts';
import { runColumns } from './run-columns.tsx';

/** The runs of an experiment: filter, order and choice stand in the address; chosen ones are compared. */
export function RunsTab({ experiment }: { experiment: string }) {
  const trpc = useTRPC();
  const project = useProject();
  const router = useRouter();
  const address = useAddress();
  const runs = useQuery(trpc.experiments.runs.queryOptions({ project: project.name, experiment }));
  const [filter, setFilter] = useState(address.get('filter'));
  const change = (value: string) => {
    setFilter(value);
    address.set({ filter: value });
  };
  const chosen = address.get('chosen');
  const columns = useMemo(() => runColumns(project.name, runs.data ?? []), [project.name, runs.data]);
  const order = readOrder(address.get('sort')) ?? { id: 'created', desc: true };
  const by = columns.find((column) => column.id === order.id)?.sort;
  const fitting = runs.data?.filter((run) => matchesRun(run, filter));
  const shown = by && fitting ? sortRows(fitting, by, order.desc) : fitting;
  const names = useMemo(() => {
    const known = new Set(runs.data?.map((run) => run.name));
    return chosen.split(',').filter((name) => known.has(name));
  }, [chosen, runs.data]);
  const ready = names.length >= 2 && names.length <= MAX_COMPARED;
  const compare = () => router.push(comparePath(project.name, experiment, names));
  useKeys([{ keys: 'C', label: 'Compare the chosen runs', run: compare, disabled: !ready }]);
  useCommands(ready ? [{ id: 'compare', label: `Compare ${names.length} runs`, run: compare }] : []);
  const any = runs.data !== undefined && runs.data.length > 0;
  return (
    <>
      {any && (
        <Toolbar inset label="Which runs">
          <QueryField
            label="Filter the runs"
            placeholder="A name, a state, a value, or test.f1>0.95 ngramMax=2"
            value={filter}
            onChange={change}
            tokens={filterTokens}
            count={`${shown?.length ?? 0} of ${runs.data.length} runs`}
          />
          <Spacer />
          <span className="caption" style={{ alignSelf: 'center' }}>
            {sayChoice(names.length)}
          </span>
          <Button disabled={!ready} onClick={compare}>
            Compare
          </Button>
        </Toolbar>
      )}
      <DataTable
        label="Runs"
        inset
        columns={columns}
        rows={shown}
        error={runs.error}
        onRetry={() => void runs.refetch()}
        rowKey={(row) => row.name}
        href={(row) => runPath(project.name, row)}
        selection={{
          selected: new Set(names),
          onChange: (selected) => address.set({ chosen: [...selected].join(',') }),
        }}
        sorting={{ state: [order], onChange: ([next]) => address.set({ sort: writeOrder(next) }) }}
        empty={any ? <NoMatch clear={() => change('')} /> : <NoRuns experiment={experiment} />}
        height={(shown?.length ?? 0) > 200 ? 'calc(100dvh - 220px)' : undefined}
      />
    </>
  );
}

function sayChoice(count: number): string {
  if (count === 0) return 'Choose 2 to 12 runs to compare';
  if (count === 1) return '1 chosen; choose another';
  return count > MAX_COMPARED ? `${count} chosen; at most ${MAX_COMPARED} are compared` : `${count} chosen`;
}

function NoMatch({ clear }: { clear: () => void }) {
  return (
    <EmptyState
      compact
      title="No run is like this"
      explanation="Every word of the filter must fit: a part of a name, a state or a value, or a condition as test.f1>0.95."
      action={<Button onClick={clear}>Clear the filter</Button>}
    />
  );
}

function NoRuns({ experiment }: { experiment: string }) {
  const project = useProject();
  const can = project.can('run:write');
  return (
    <EmptyState
      title="No run yet"
      explanation={
        can
          ? 'Choose a dataset version and the settings to try. Each combination becomes a run; you watch them learn, and compare them here.'
          : 'When a scientist launches trials, their runs appear here while they are trained.'
      }
      action={
        can ? (
          <Button variant="filled" component={Link} href={`${experimentPath(project.name, experiment)}/launch`}>
            Launch trials…
          </Button>
        ) : undefined
      }
    />
  );
}
