'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { LineChart } from '#components/charts/draw/line-chart.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { formatNumber, formatShort } from '#components/ui/format.ts';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Columns } from '#components/ui/screen.tsx';
import type { History, RunDetail } from '#server/features/experiments/runs.schema.ts';
import { curveKeys, curveOf, plainTick, shareDomain, stepDomain } from '../curves.ts';
import s from '../experiments.module.css';
import { isActive } from '../live/launch-progress.ts';
import { metricKeys, metricName } from '../words.ts';

const OURS = ['train.loss', 'validation.loss', 'validation.f1'];

/** How the run learned: training and validation loss on one chart, F1 on the other; metrics of programs each on their own. */
export function RunCurves({ run }: { run: RunDetail }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const history = useQuery(
    trpc.experiments.history.queryOptions({ project, runIds: [run.id], points: 500 }, { placeholderData: keepPreviousData }),
  );
  return (
    <div className={s.launchCharts}>
      <QueryGate query={history} what="The curves" rows={7}>
        {(curves) => <Charts run={run} curves={curves} />}
      </QueryGate>
    </div>
  );
}

function Charts({ run, curves }: { run: RunDetail; curves: History }) {
  const growing = isActive(run);
  if (curves.length === 0)
    return (
      <p className="ink-2">
        {growing ? 'The curves begin with the first step.' : 'The run recorded no metric, so there are no curves.'}
      </p>
    );
  const x = { kind: 'number' as const, label: 'Step', domain: stepDomain(curves, growing) };
  const line = (key: string, name: string, color: string) => ({ key, name, color, points: curveOf(curves, run.id, key) });
  const others = curveKeys(curves, metricKeys([run])).filter(
    (key) => !OURS.includes(key) && !key.startsWith('validation.') && !key.startsWith('test.'),
  );
  const classes = curveKeys(curves, metricKeys([run])).filter((key) => key.startsWith('validation.f1.'));
  const ours = curves.some((curve) => OURS.includes(curve.key));
  return (
    <>
      {ours && (
        <Columns template="minmax(0, 1fr) minmax(0, 1fr)" ruled={false}>
          <LineChart
            title="Loss"
            caption="cross-entropy, by step"
            file={`${run.name}-loss`}
            x={x}
            y={{ label: 'loss', format: plainTick }}
            series={[line('train.loss', 'training', 'var(--ref)'), line('validation.loss', 'validation', 'var(--series-1)')]}
          />
          <LineChart
            title="Validation F1"
            caption="by step"
            file={`${run.name}-validation-f1`}
            x={x}
            y={{ label: 'F1', format: (value) => formatNumber(value, 2), domain: shareDomain(curves, 'validation.f1') }}
            series={[
              line('validation.f1', 'mean of the classes', 'var(--series-1)'),
              ...classes.slice(0, 4).map((key, i) => ({
                ...line(key, key.replace('validation.f1.', ''), `var(--series-${i + 2})`),
                dashed: true,
              })),
            ]}
          />
        </Columns>
      )}
      {others.map((key) => (
        <LineChart
          key={key}
          title={metricName(key)}
          caption="by step"
          file={`${run.name}-${key}`}
          x={x}
          y={{ label: metricName(key), format: formatShort }}
          series={[line(key, metricName(key), 'var(--series-1)')]}
        />
      ))}
    </>
  );
}
