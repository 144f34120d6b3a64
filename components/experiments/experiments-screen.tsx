'use client';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useCommands } from '#components/shell/commands.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatNumber } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { Screen } from '#components/ui/screen.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { ExperimentSummary } from '#server/features/experiments/experiments.schema.ts';
import { CreateExperiment } from './create-experiment.tsx';
import { experimentPath, experimentsPath, runPath } from './paths.ts';
import { useRunsLive } from './use-runs-live.ts';
import { metricName, metricValue } from './words.ts';

/** All experiments of the project with their best run. */
export function ExperimentsScreen() {
  const trpc = useTRPC();
  const project = useProject();
  const list = useQuery(trpc.experiments.list.queryOptions({ project: project.name }));
  const [creating, dialog] = useDisclosure(false);
  useRunsLive();
  const can = project.can('run:write');
  useCommands(can ? [{ id: 'new-experiment', label: 'New experiment…', run: dialog.open }] : []);
  const columns = useMemo(() => columnsFor(project.name), [project.name]);
  const path = experimentsPath(project.name);
  const launch = (
    <Button component={Link} href={`${path}/launch`} variant="filled">
      Launch trials…
    </Button>
  );
  return (
    <Screen
      padded={false}
      head={
        <PageHead
          title="Experiments"
          actions={
            can && (
              <>
                <Button onClick={dialog.open}>New experiment…</Button>
                {launch}
              </>
            )
          }
        />
      }
    >
      <DataTable
        label="Experiments"
        inset
        rowHeight={36}
        columns={columns}
        rows={list.data}
        error={list.error}
        onRetry={() => void list.refetch()}
        rowKey={(row) => row.id}
        href={(row) => experimentPath(project.name, row.name)}
        empty={
          <EmptyState
            title="No experiment yet"
            explanation={
              can
                ? 'An experiment holds the runs that answer one question, side by side. Launch trials on a dataset version: each combination of settings becomes a run with its curves, its figures and one ONNX graph.'
                : 'An experiment holds the runs that answer one question, side by side. When a scientist launches trials, they appear here while they are trained.'
            }
            action={can ? launch : undefined}
          />
        }
      />
      <CreateExperiment opened={creating} onClose={dialog.close} />
    </Screen>
  );
}

function columnsFor(project: string): Column<ExperimentSummary>[] {
  return [
    { id: 'name', head: 'Name', cell: (row) => row.name, sort: (row) => row.name },
    {
      id: 'about',
      head: 'About',
      cell: (row) => <span className="ink-2 truncate">{row.description || <span className="ink-3">–</span>}</span>,
      hideBelow: 1280,
    },
    { id: 'runs', head: 'Runs', align: 'right', cell: (row) => formatNumber(row.runs.total), sort: (row) => row.runs.total },
    { id: 'state', head: 'Now', cell: (row) => <NowOf experiment={row} />, width: 150 },
    {
      id: 'best',
      head: 'Best test F1',
      align: 'right',
      width: 110,
      title: 'The highest F1, as the mean of the classes, on the test part',
      cell: (row) => (row.best ? metricValue(row.best.metric, row.best.value) : '–'),
      sort: (row) => row.best?.value,
    },
    {
      id: 'by',
      head: 'by',
      cell: (row) =>
        row.best ? (
          <Link
            className="link"
            href={runPath(project, { experiment: row.name, name: row.best.run })}
            title={metricName(row.best.metric)}
          >
            {row.best.run}
          </Link>
        ) : (
          <span className="ink-3">–</span>
        ),
    },
    {
      id: 'who',
      head: 'Created by',
      cell: (row) => row.createdBy ?? '–',
      sort: (row) => row.createdBy,
      hideBelow: 1280,
      width: 120,
    },
    {
      id: 'last',
      head: 'Last run',
      cell: (row) => (row.lastRunAt ? <RelativeTime at={row.lastRunAt} /> : <span className="ink-3">–</span>),
      sort: (row) => row.lastRunAt ?? row.createdAt,
      width: 120,
    },
  ];
}

function NowOf({ experiment: { runs } }: { experiment: ExperimentSummary }) {
  if (runs.active > 0) return <StatePill state="running">{runs.active} under way</StatePill>;
  if (runs.failed > 0) return <StatePill state="failed">{runs.failed} failed</StatePill>;
  return <span className="ink-3">{runs.total > 0 ? 'quiet' : 'no run yet'}</span>;
}
