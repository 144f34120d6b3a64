'use client';
import { Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { LineChart } from '#components/charts/draw/line-chart.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { formatNumber, formatShort } from '#components/ui/format.ts';
import { QueryGate } from '#components/ui/query-gate.tsx';
import type { History } from '#server/features/experiments/runs.schema.ts';
import { curveOf, shareDomain } from '../curves.ts';
import s from '../experiments.module.css';
import { useAddress } from '../use-address.ts';
import { metricBetter, metricKeys, metricName } from '../words.ts';
import type { Compared } from './compared.ts';

/** One metric by step, all runs on one chart; the table above is the legend, and lines end in their letter. */
export function CurvesPanel({ compared }: { compared: readonly Compared[] }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const { get, set } = useAddress();
  const keys = metricKeys(compared.map((one) => one.run)).filter((key) => !key.startsWith('test.'));
  const metric = keys.includes(get('metric')) ? get('metric') : (keys.find((key) => key === 'validation.f1') ?? keys[0]);
  const runIds = compared.map((one) => one.run.id);
  const history = useQuery(
    trpc.experiments.history.queryOptions(
      { project, runIds, keys: metric ? [metric] : [], points: 300 },
      { enabled: metric !== undefined, placeholderData: keepPreviousData },
    ),
  );
  if (metric === undefined)
    return <p className="ink-2">None of these runs has a metric by step yet. Curves begin with the first step of a run.</p>;
  return (
    <>
      <Select
        size="xs"
        aria-label="Metric of the curves"
        className={s.pick}
        data={keys.map((key) => ({ value: key, label: metricName(key) }))}
        value={metric}
        allowDeselect={false}
        onChange={(next) => set({ metric: next ?? '' })}
      />
      <QueryGate query={history} what="The curves" rows={8}>
        {(curves) => <Curves compared={compared} metric={metric} curves={curves} />}
      </QueryGate>
    </>
  );
}

function Curves({ compared, metric, curves }: { compared: readonly Compared[]; metric: string; curves: History }) {
  const share = metricBetter(metric) === true;
  const name = metricName(metric);
  return (
    <LineChart
      title={name.charAt(0).toUpperCase() + name.slice(1)}
      caption={share ? 'by step; the axis leaves out the first steps' : 'by step'}
      file={`compare-${metric}`}
      height={260}
      x={{ kind: 'number', label: 'Step' }}
      y={{
        label: name,
        format: (value) => (share ? formatNumber(value, 2) : formatShort(value)),
        domain: share ? shareDomain(curves, metric) : undefined,
      }}
      series={compared.map((one, i) => ({
        key: one.run.id,
        name: `${one.letter} ${one.run.name}`,
        color: one.color,
        reference: one.isReference,
        dashed: i > 5,
        points: curveOf(curves, one.run.id, metric),
        endLabel: one.letter,
      }))}
      legend={false}
    />
  );
}
