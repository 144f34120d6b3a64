'use client';
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatPercent } from '#components/ui/format.ts';
import { niceTicks } from '../prepare/ticks.ts';
import { ChartFrame } from './chart-frame.tsx';
import { Tip } from './tooltip.tsx';

/** Two distributions beside each other: the reference grey with an outline, what is judged in the accent. Shares from 0 to 1. */
export function BarPairHistogram({
  title,
  caption,
  file,
  bins,
  names,
  height = 220,
  onPick,
  foot,
}: {
  title: string;
  caption?: string;
  file: string;
  bins: { label: string; reference: number | null; now: number | null }[];
  names: [string, string];
  height?: number;
  onPick?: (index: number) => void;
  foot?: React.ReactNode;
}) {
  const ticks = niceTicks(0, Math.max(0.01, ...bins.map((bin) => Math.max(bin.reference ?? 0, bin.now ?? 0))));
  const top = ticks.at(-1) ?? 1;
  return (
    <ChartFrame
      title={title}
      caption={caption}
      file={file}
      height={height}
      foot={foot}
      table={{ heads: ['Bin', ...names], rows: bins.map((bin) => [bin.label, bin.reference, bin.now]) }}
      legend={[
        { label: names[0], color: 'var(--ref)', mark: 'ref-box' },
        { label: names[1], color: 'var(--accent)', mark: 'box' },
      ]}
    >
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 400, height: 220 }}>
        <BarChart
          data={bins}
          margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
          barGap={1}
          barCategoryGap="22%"
          accessibilityLayer
          title={caption === undefined ? title : `${title}, ${caption}`}
          onClick={(state) => {
            if (onPick && state.activeTooltipIndex != null) onPick(Number(state.activeTooltipIndex));
          }}
        >
          <CartesianGrid vertical={false} stroke="var(--grid)" />
          <XAxis
            dataKey="label"
            tickLine={false}
            axisLine={{ stroke: 'var(--line-2)' }}
            interval="preserveStartEnd"
            tickMargin={4}
            height={20}
          />
          <YAxis
            domain={[0, top]}
            ticks={ticks}
            tickFormatter={(value: number) => formatPercent(value, top < 0.05 ? 1 : 0)}
            tickLine={false}
            axisLine={false}
            width={44}
            interval={0}
          />
          <Bar
            dataKey="reference"
            name={names[0]}
            fill="var(--ref)"
            fillOpacity={0.5}
            stroke="var(--ref)"
            isAnimationActive={false}
          />
          <Bar dataKey="now" name={names[1]} fill="var(--accent)" isAnimationActive={false} />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--hover)' }}
            wrapperStyle={{ outline: 'none', zIndex: 20 }}
            content={({ active, label }) => {
              const bin = bins.find((candidate) => candidate.label === label);
              if (!active || !bin) return null;
              return (
                <Tip
                  head={bin.label}
                  rows={[
                    { key: 'r', name: names[0], color: 'var(--ref)', value: formatPercent(bin.reference, 1) },
                    { key: 'n', name: names[1], color: 'var(--accent)', value: formatPercent(bin.now, 1) },
                  ]}
                />
              );
            }}
          />
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
