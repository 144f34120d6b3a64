'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { LineChart } from '#components/charts/draw/line-chart.tsx';
import { seriesColor } from '#components/charts/prepare/colors.ts';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { formatNumber } from '#components/ui/format.ts';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Columns } from '#components/ui/screen.tsx';
import type { History, RunSummary } from '#server/features/experiments/runs.schema.ts';
import { curveOf, plainTick, shareDomain, stepDomain } from '../curves.ts';
import s from '../experiments.module.css';
import { bestBy, isActive } from './launch-progress.ts';

const F1 = 'validation.f1';
const LOSS = 'train.loss';
/** Past five colours lines also differ by dashes. */
const PLAIN = 5;

/** Validation F1 and training loss of all trials, on the same axis of steps; the table below is their legend. */
export function LaunchCharts({ trials, file }: { trials: readonly RunSummary[]; file: string }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const runIds = trials.slice(0, 100).map((trial) => trial.id);
  const history = useQuery(
    trpc.experiments.history.queryOptions(
      { project, runIds, keys: [F1, LOSS], points: 200 },
      { enabled: runIds.length > 0, placeholderData: keepPreviousData },
    ),
  );
  return (
    <div className={s.launchCharts}>
      <QueryGate query={history} what="The curves" rows={7}>
        {(curves) => <Pair trials={trials} curves={curves} file={file} />}
      </QueryGate>
    </div>
  );
}

function Pair({ trials, curves, file }: { trials: readonly RunSummary[]; curves: History; file: string }) {
  const growing = trials.some(isActive);
  const best = bestBy(trials, F1);
  const x = { kind: 'number' as const, label: 'Step', domain: stepDomain(curves, growing) };
  const seriesFor = (key: string) =>
    trials.map((trial, i) => ({
      key: trial.id,
      name: trial.name,
      color: seriesColor(i),
      dashed: i >= PLAIN || trial.status === 'canceled',
      points: curveOf(curves, trial.id, key),
    }));
  const waiting = !curves.some((curve) => curve.points.length > 0);
  if (waiting)
    return (
      <p className={s.noCurves}>
        {growing
          ? 'The texts are read first; the curves begin with the first step.'
          : 'No trial came to its first step, so there are no curves.'}
      </p>
    );
  return (
    <Columns template="minmax(0, 1fr) minmax(0, 1fr)" ruled={false}>
      <LineChart
        title="Validation F1"
        caption={best ? `by step; ${best.name} leads with ${formatNumber(best.metrics[F1], 3)}` : 'by step, mean of the classes'}
        file={`${file}-validation-f1`}
        x={x}
        y={{ label: 'F1', format: (value) => formatNumber(value, 2), domain: shareDomain(curves, F1) }}
        height={256}
        series={seriesFor(F1)}
        legend={false}
      />
      <LineChart
        title="Training loss"
        caption="cross-entropy, by step, log scale"
        file={`${file}-training-loss`}
        x={x}
        y={{ label: 'loss', format: plainTick, log: true }}
        height={256}
        series={seriesFor(LOSS)}
        legend={false}
      />
    </Columns>
  );
}
