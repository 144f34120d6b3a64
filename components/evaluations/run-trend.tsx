'use client';
import { Select } from '@mantine/core';
import { useState } from 'react';
import { LineChart } from '#components/charts/draw/line-chart.tsx';
import { formatNumber } from '#components/ui/format.ts';
import { Section } from '#components/ui/screen.tsx';
import { metricName } from '#server/domain/metrics/paths.ts';
import type { SuiteRunSummary } from '#server/features/evaluations/evaluations.schema.ts';
import { figureText } from './figure-words.ts';

const FEWEST = 2;

/** One figure over the runs that are done, oldest first, with its interval. Nothing before there are two. */
export function RunTrend({ runs }: { runs: readonly SuiteRunSummary[] }) {
  const done = runs.filter(({ status, endedAt }) => status === 'done' && endedAt !== null);
  const paths = [...new Set(done.flatMap(({ headline }) => headline.map(({ path }) => path)))].filter(
    (path) => path !== 'overlap.rows',
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const path = chosen ?? paths[0];
  if (done.length < FEWEST || path === undefined) return null;
  const points = [...done].reverse().flatMap((run) => {
    const found = run.headline.find((one) => one.path === path);
    return found && run.endedAt ? [{ x: run.endedAt, y: found.estimate, lower: found.lower, upper: found.upper }] : [];
  });
  return (
    <Section
      padded
      divided
      actions={
        <Select
          aria-label="Figure of the trend"
          size="xs"
          w={200}
          allowDeselect={false}
          value={path}
          onChange={setChosen}
          data={paths.map((value) => ({ value, label: metricName(value) }))}
        />
      }
    >
      <LineChart
        title={metricName(path)}
        caption={`of each run, on the rows that it was judged on, with its interval; ${formatNumber(points.length)} runs`}
        file={`evaluation-${path}`}
        height={180}
        x={{ kind: 'time', label: 'end of the run' }}
        y={{ label: metricName(path), format: (y) => figureText(path, y) }}
        series={[{ key: path, name: metricName(path), color: 'var(--accent)', dots: true, points }]}
      />
    </Section>
  );
}
