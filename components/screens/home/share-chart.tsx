'use client';
import { LineChart } from '#components/charts/draw/line-chart.tsx';
import { niceTicks } from '#components/charts/prepare/ticks.ts';
import { windowName, ZONE } from '#components/monitoring/window-words.ts';
import { useNow } from '#components/ui/date-time.tsx';
import { formatPercent } from '#components/ui/format.ts';
import type { Served } from '#server/features/home/home.schema.ts';

/** The share of the class that is looked for among the answers, by window, against what it was in training. */
export function ShareChart({ served, share }: { served: Served; share: NonNullable<Served['share']> }) {
  const now = useNow(0);
  const last = share.points.findLast((point) => point.value !== null);
  const top = Math.max(0.02, share.training ?? 0, ...share.points.map((point) => point.upper ?? 0));
  const decimals = top < 0.1 ? 1 : 0;
  return (
    <LineChart
      title={`Share of answers that are ${share.name}`}
      caption={`a ${share.window}, with 95 % interval`}
      file={`${served.deployment}-share-of-${share.name}`}
      height={248}
      x={{ kind: 'time', label: share.window, zone: ZONE, format: (at) => windowName(new Date(at), share.window, now) }}
      y={{
        label: `share of ${share.name}`,
        format: (value) => formatPercent(value, decimals),
        domain: [0, Math.min(1, niceTicks(0, top).at(-1) ?? 1)],
      }}
      series={[
        {
          key: 'share',
          name: 'answered',
          color: 'var(--accent)',
          points: share.points.map(({ from, value, lower, upper }) => ({ x: from, y: value, lower, upper })),
          ...(last && { endLabel: `${formatPercent(last.value, decimals)} now` }),
        },
      ]}
      references={
        share.training === null ? [] : [{ y: share.training, label: `in training, ${formatPercent(share.training, decimals)}` }]
      }
      marks={
        served.stateSince && (served.state === 'drift' || served.state === 'possible')
          ? [
              {
                x: served.stateSince,
                label: served.state === 'drift' ? 'drift' : 'possible drift',
                tone: served.state === 'drift' ? 'bad' : 'ink',
              },
            ]
          : []
      }
    />
  );
}
