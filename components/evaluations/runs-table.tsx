'use client';
import { useMemo } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatNumber, formatRange } from '#components/ui/format.ts';
import { type StateName, StatePill } from '#components/ui/state-pill.tsx';
import { metricName } from '#server/domain/metrics/paths.ts';
import type { SuiteRunStatus, SuiteRunSummary } from '#server/features/evaluations/evaluations.schema.ts';

export const RUN_STATES: Record<SuiteRunStatus, StateName> = {
  queued: 'queued',
  running: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
};
const SHOWN = 3;
const NOT_SHOWN = ['overlap.rows', 'latency.p99'];

/** All runs of a suite with their first figures, newest first. */
export function RunsTable({ model, runs }: { model: string; runs: readonly SuiteRunSummary[] }) {
  const { name: project } = useProject();
  const columns = useMemo(() => columnsOf(runs), [runs]);
  return (
    <DataTable
      below={(run) => (run.error ? <span className="bad">{run.error}</span> : null)}
      label="Runs of the suite"
      columns={columns}
      rows={runs}
      rowKey={({ id }) => id}
      href={({ id }) => `/${project}/models/${encodeURIComponent(model)}/evaluation/${id}`}
      {...(runs.length > 100 ? { height: 560 } : {})}
      empty={
        <EmptyState
          compact
          title="The suite was not run yet."
          explanation="A run measures one version on the gold rows: every figure with its interval, against the version that serves. It also runs by itself when a promotion is asked for."
        />
      }
    />
  );
}

function columnsOf(runs: readonly SuiteRunSummary[]): Column<SuiteRunSummary>[] {
  const paths = [...new Set(runs.flatMap(({ headline }) => headline.map(({ path }) => path)))]
    .filter((path) => !NOT_SHOWN.includes(path))
    .slice(0, SHOWN);
  const figure = (run: SuiteRunSummary, path: string) => run.headline.find((one) => one.path === path);
  return [
    {
      id: 'version',
      head: 'Version',
      width: 72,
      cell: ({ version }) => `v${version.number}`,
      sort: ({ version }) => version.number,
    },
    {
      id: 'state',
      head: 'State',
      width: 96,
      cell: ({ status }) => <StatePill state={RUN_STATES[status]} />,
      sort: ({ status }) => status,
    },
    ...paths.map(
      (path): Column<SuiteRunSummary> => ({
        id: path,
        head: shortName(path),
        title: metricName(path),
        align: 'right',
        width: 92,
        cell: (run) => {
          const found = figure(run, path);
          const title =
            found && found.lower !== null && found.upper !== null
              ? `interval ${formatRange(found.lower, found.upper, 3)}`
              : undefined;
          return <span title={title}>{formatNumber(found?.estimate, 3)}</span>;
        },
        sort: (run) => figure(run, path)?.estimate ?? null,
      }),
    ),
    {
      id: 'latency',
      head: 'p99, ms',
      align: 'right',
      width: 68,
      hideBelow: 1280,
      cell: (run) => formatNumber(figure(run, 'latency.p99')?.estimate, 2),
      sort: (run) => figure(run, 'latency.p99')?.estimate ?? null,
    },
    {
      id: 'gold',
      head: 'Judged on',
      cell: ({ gold, headline }) => {
        const overlap = headline.find(({ path }) => path === 'overlap.rows')?.estimate ?? 0;
        const [first] = gold;
        if (!first) return <span className="ink-3">–</span>;
        return (
          <>
            {first.dataset} v{first.number}
            {first.split ? `, ${first.split}` : ''}
            {overlap > 0 && <span className="bad"> ({formatNumber(overlap)} rows known from training)</span>}
          </>
        );
      },
    },
    { id: 'by', head: 'By', width: 72, hideBelow: 1280, cell: ({ requestedByName }) => requestedByName },
    {
      id: 'at',
      head: 'When',
      width: 104,
      cell: ({ requestedAt }) => <DateTime at={requestedAt} />,
      sort: ({ requestedAt }) => requestedAt,
    },
  ];
}

const SHORT: Record<string, string> = {
  macro_f1: 'Macro F1',
  micro_f1: 'Micro F1',
  mae: 'MAE',
  rmse: 'RMSE',
  mrr: 'MRR',
  ece: 'Calibration',
};

/** As a head of a narrow column has room for. */
function shortName(path: string): string {
  return SHORT[path] ?? metricName(path);
}
