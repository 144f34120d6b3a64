import type { Column } from '#components/ui/data-table-types.ts';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { Link } from '#components/ui/link.tsx';
import { Bar } from '#components/ui/progress.tsx';
import type { RunSummary } from '#server/features/experiments/runs.schema.ts';
import { versionPath } from '../paths.ts';
import { runDuration, sayDuration } from '../run-duration.ts';
import { RunState } from '../run-state.tsx';
import { areFigures, metricName, metricValue, paramName, paramRank, paramValue, shownMetrics, shownParams } from '../words.ts';

const MOST_METRICS = 4;
const NONE = <span className="ink-3">–</span>;

/** The columns of a table of these runs: those parameters that differ, the most telling metrics. */
export function runColumns(project: string, runs: readonly RunSummary[]): Column<RunSummary>[] {
  const finished = runs.filter((run) => run.status === 'finished');
  const metrics = shownMetrics(finished.length > 0 ? finished : runs, MOST_METRICS);
  return [
    { id: 'name', head: 'Run', cell: (row) => row.name, sort: (row) => row.name, width: 140 },
    { id: 'status', head: 'State', cell: (row) => <StateCell run={row} />, sort: (row) => row.status, width: 96 },
    ...shownParams(runs).map((key) => paramColumn(key, runs)),
    ...metrics.map(metricColumn),
    {
      id: 'data',
      head: 'Data',
      cell: (row) =>
        row.dataset ? (
          <Link className="link" href={versionPath(project, row.dataset)}>
            {row.dataset.name} v{row.dataset.number}
          </Link>
        ) : (
          NONE
        ),
      sort: (row) => row.dataset?.number,
      width: 76,
      hideBelow: 1280,
    },
    {
      id: 'took',
      head: 'Took',
      align: 'right',
      cell: (row) => sayDuration(row),
      sort: (row) => runDuration(row),
      width: 64,
      hideBelow: 1100,
    },
    {
      id: 'created',
      head: 'Created',
      cell: (row) => <RelativeTime at={row.createdAt} />,
      sort: (row) => row.createdAt,
    },
  ];
}

function StateCell({ run }: { run: RunSummary }) {
  if (run.status === 'running' && run.progress && !run.cancelRequested)
    return <Bar share={run.progress.share} label={`${run.name}: ${run.progress.doing}`} width={76} />;
  return <RunState run={run} />;
}

function paramColumn(key: string, runs: readonly RunSummary[]): Column<RunSummary> {
  const figures = areFigures(runs.map((run) => run.params[key]));
  return {
    id: `param.${key}`,
    head: paramName(key),
    align: figures ? 'right' : 'left',
    cell: (row) => paramValue(key, row.params[key]),
    sort: (row) => paramRank(row.params[key]),
    width: figures ? widthOf(paramName(key)) : 92,
    hideBelow: 1100,
  };
}

function metricColumn(key: string, index: number): Column<RunSummary> {
  return {
    id: key,
    head: metricName(key),
    title: key,
    align: 'right',
    cell: (row) => metricValue(key, row.metrics[key]),
    sort: (row) => row.metrics[key],
    width: widthOf(metricName(key)),
    hideBelow: index < 2 ? undefined : 1440,
  };
}

/** Room for a head of 12 px with its sorting arrow. */
function widthOf(head: string): number {
  return Math.min(140, Math.max(64, Math.round(head.length * 6.2 + 30)));
}
