'use client';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconSquare } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { seriesColor } from '#components/charts/prepare/colors.ts';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { Chip, Swatch } from '#components/ui/chip.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Bar } from '#components/ui/progress.tsx';
import type { RunSummary } from '#server/features/experiments/runs.schema.ts';
import s from '../experiments.module.css';
import { runPath } from '../paths.ts';
import { runDuration, sayDuration } from '../run-duration.ts';
import { RunState } from '../run-state.tsx';
import { areFigures, metricValue, paramName, paramRank, paramValue, shownParams } from '../words.ts';
import { bestBy, isActive } from './launch-progress.ts';

/** The trials with their settings and figures; their colours are the charts' legend. */
export function TrialsTable({ experiment, trials }: { experiment: string; trials: readonly RunSummary[] }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const project = useProject();
  const columns = useMemo(() => columnsFor(trials), [trials]);
  const cancel = useMutation(
    trpc.training.cancelRun.mutationOptions({
      onSettled: () => queries.invalidateQueries(trpc.experiments.pathFilter()),
    }),
  );
  const stop = (run: RunSummary) =>
    isActive(run) && !run.cancelRequested ? (
      <Tooltip label={`Stop ${run.name}`}>
        <ActionIcon
          size={24}
          aria-label={`Stop ${run.name}`}
          onClick={() => cancel.mutate({ project: project.name, experiment, run: run.name })}
        >
          <IconSquare size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Tooltip>
    ) : null;
  return (
    <div className={s.trials}>
      {cancel.error && (
        <div className={s.inset}>
          <ErrorLine error={cancel.error} />
        </div>
      )}
      <DataTable
        label="Trials"
        inset
        columns={columns}
        rows={trials}
        rowKey={(row) => row.id}
        href={(row) => runPath(project.name, row)}
        actions={project.can('run:write') && trials.some(isActive) ? stop : undefined}
        actionsWidth={72}
        below={(row) => row.error && <span className="bad">{row.error}</span>}
      />
    </div>
  );
}

function columnsFor(trials: readonly RunSummary[]): Column<RunSummary>[] {
  const best = bestBy(trials, 'validation.f1');
  const done = !trials.some(isActive);
  return [
    {
      id: 'name',
      head: 'Trial',
      cell: (row) => (
        <span className={s.trial}>
          <Swatch color={row.status === 'queued' ? 'var(--line-2)' : seriesColor(trials.indexOf(row))} />
          {row.name}
          {row.id === best?.id && trials.length > 1 && <Chip tone="accent">{done ? 'best' : 'best so far'}</Chip>}
        </span>
      ),
      sort: (row) => row.name,
    },
    { id: 'state', head: 'State', cell: (row) => <RunState run={row} />, sort: (row) => row.status, width: 104 },
    ...shownParams(trials, 4).map((key): Column<RunSummary> => {
      const figures = areFigures(trials.map((trial) => trial.params[key]));
      return {
        id: key,
        head: paramName(key),
        align: figures ? 'right' : 'left',
        cell: (row) => paramValue(key, row.params[key]),
        sort: (row) => paramRank(row.params[key]),
        width: figures ? 76 : 96,
        hideBelow: 1100,
      };
    }),
    { id: 'steps', head: 'Steps', cell: (row) => <Steps run={row} />, width: 148, hideBelow: 1280 },
    figure('validation.f1', 'val F1', 72),
    figure('test.f1', 'test F1', 72),
    figure('train.loss', 'loss', 64),
    { id: 'took', head: 'time', align: 'right', cell: (row) => sayDuration(row), sort: (row) => runDuration(row), width: 64 },
  ];
}

function figure(key: string, head: string, width: number): Column<RunSummary> {
  const strong = key === 'validation.f1';
  return {
    id: key,
    head,
    align: 'right',
    cell: (row) => <span className={strong ? 'strong' : undefined}>{metricValue(key, row.metrics[key])}</span>,
    sort: (row) => row.metrics[key],
    width,
  };
}

function Steps({ run }: { run: RunSummary }) {
  const { progress, status } = run;
  if (status === 'queued') return <span className="ink-3">waits</span>;
  if (!progress || progress.step === 0) return <span className="ink-3">{status === 'running' ? progress?.doing : '–'}</span>;
  const share = status === 'finished' ? 1 : progress.step / progress.total;
  return (
    <span className={s.steps}>
      <Bar share={share} label={`Steps of ${run.name}`} tone={status === 'running' ? 'accent' : 'quiet'} width={56} />
      <span className="num ink-2">{status === 'finished' ? progress.step : `${progress.step} of ${progress.total}`}</span>
    </span>
  );
}
