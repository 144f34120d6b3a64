'use client';
import { useMemo } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Link } from '#components/ui/link.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { LaunchView } from '#server/features/training/training.schema.ts';
import { launchPath, versionPath } from '../paths.ts';

/** The launches of an experiment with the states of their trials. */
export function LaunchesTable({
  experiment,
  launches,
  error,
  onRetry,
}: {
  experiment: string;
  launches: LaunchView[] | undefined;
  error: unknown;
  onRetry: () => void;
}) {
  const { name: project } = useProject();
  const columns = useMemo(() => columnsFor(project), [project]);
  return (
    <DataTable
      label="Launches"
      inset
      columns={columns}
      rows={launches}
      error={error}
      onRetry={onRetry}
      rowKey={(row) => row.id}
      href={(row) => launchPath(project, experiment, row.name)}
      initialSort={{ id: 'created', desc: true }}
      empty={
        <EmptyState
          compact
          title="Nothing was launched yet"
          explanation="A launch trains one run for each combination of settings, one after another."
        />
      }
    />
  );
}

function columnsFor(project: string): Column<LaunchView>[] {
  return [
    { id: 'name', head: 'Launch', cell: (row) => row.name, sort: (row) => Number(row.name.replace(/\D+/g, '')) },
    { id: 'state', head: 'State', cell: (row) => <LaunchState launch={row} />, width: 200 },
    { id: 'trials', head: 'Trials', align: 'right', cell: (row) => row.trials.total, sort: (row) => row.trials.total },
    {
      id: 'data',
      head: 'Data',
      cell: (row) =>
        row.dataset ? (
          <Link className="link" href={versionPath(project, row.dataset)}>
            {row.dataset.name} v{row.dataset.number}
          </Link>
        ) : (
          <span className="ink-3">–</span>
        ),
    },
    {
      id: 'features',
      head: 'Learns from',
      cell: (row) => <span className="truncate">{row.features.map((feature) => feature.name).join(', ')}</span>,
    },
    { id: 'label', head: 'What', cell: (row) => row.labelColumn, width: 120, hideBelow: 1100 },
    { id: 'seed', head: 'Seed', align: 'right', cell: (row) => row.seed, hideBelow: 1100 },
    {
      id: 'created',
      head: 'Launched',
      cell: (row) => <RelativeTime at={row.createdAt} />,
      sort: (row) => row.createdAt,
      width: 120,
    },
  ];
}

function LaunchState({ launch: { trials } }: { launch: LaunchView }) {
  const left = trials.queued + trials.running;
  if (left > 0) return <StatePill state="running">{left} to go</StatePill>;
  if (trials.failed > 0) return <StatePill state="failed">{trials.failed} failed</StatePill>;
  if (trials.canceled > 0) return <StatePill state="cancelled">{trials.canceled} stopped</StatePill>;
  return <StatePill state="done" />;
}
