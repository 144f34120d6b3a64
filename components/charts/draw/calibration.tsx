'use client';
import {
  CartesianGrid,
  ComposedChart,
  ErrorBar,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatNumber, formatPercent, formatRange } from '#components/ui/format.ts';
import { ChartFrame } from './chart-frame.tsx';
import { Tip } from './tooltip.tsx';

export type CalibrationSeries = {
  key: string;
  name: string;
  color: string;
  points: { score: number; share: number; n: number; lower?: number; upper?: number }[];
};

const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** How often it was right to say a score: the closer to the diagonal, the better. Points are bins of the score. */
export function CalibrationChart({
  title,
  caption,
  file,
  series,
  height = 200,
  what,
}: {
  title: string;
  caption?: string;
  file: string;
  series: CalibrationSeries[];
  height?: number;
  what: string;
}) {
  const scores = [...new Set(series.flatMap((line) => line.points.map((point) => point.score)))].sort((a, b) => a - b);
  const at = (line: CalibrationSeries, score: number) => line.points.find((point) => point.score === score);
  const rows = scores.map((score) => ({
    score,
    ...Object.fromEntries(series.map((line) => [line.key, at(line, score)?.share ?? null])),
    ...Object.fromEntries(series.map((line) => [`${line.key} ends`, endsOf(at(line, score))])),
  }));
  return (
    <ChartFrame
      title={title}
      caption={caption}
      file={file}
      height={height}
      legend={series.map((line) => ({ label: line.name, color: line.color }))}
      table={{
        heads: ['Score', ...series.flatMap((line) => [line.name, `${line.name}, n`])],
        rows: scores.map((score) => [
          score,
          ...series.flatMap((line) => [at(line, score)?.share ?? null, at(line, score)?.n ?? null]),
        ]),
      }}
    >
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 400, height: 200 }}>
        <ComposedChart
          data={rows}
          margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
          accessibilityLayer
          title={caption === undefined ? title : `${title}, ${caption}`}
        >
          <CartesianGrid vertical={false} stroke="var(--grid)" />
          <XAxis
            dataKey="score"
            type="number"
            domain={[0, 1]}
            ticks={TICKS}
            tickLine={false}
            axisLine={{ stroke: 'var(--line-2)' }}
            tickMargin={4}
            height={20}
          />
          <YAxis
            type="number"
            domain={[0, 1]}
            ticks={[0, 0.5, 1]}
            tickFormatter={(value: number) => formatPercent(value)}
            tickLine={false}
            axisLine={false}
            width={44}
            interval={0}
          />
          <ReferenceLine
            segment={[
              { x: 0, y: 0 },
              { x: 1, y: 1 },
            ]}
            stroke="var(--line-2)"
          />
          {series.map((line) => (
            <Line
              key={line.key}
              dataKey={line.key}
              name={line.name}
              type="linear"
              stroke={line.color}
              strokeWidth={1.75}
              dot={{ r: 2, fill: line.color, strokeWidth: 0 }}
              connectNulls
              isAnimationActive={false}
            >
              {line.points.some((point) => point.lower !== undefined) && (
                <ErrorBar
                  dataKey={`${line.key} ends`}
                  direction="y"
                  width={0}
                  stroke={line.color}
                  strokeWidth={1}
                  strokeOpacity={0.5}
                  isAnimationActive={false}
                />
              )}
            </Line>
          ))}
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--ink-3)' }}
            wrapperStyle={{ outline: 'none', zIndex: 20 }}
            content={({ active, label }) => {
              if (!active || label === undefined) return null;
              const score = Number(label);
              const tips = series.flatMap((line) => {
                const point = at(line, score);
                if (!point) return [];
                const interval =
                  point.lower !== undefined && point.upper !== undefined
                    ? formatRange(point.lower, point.upper, 2)
                    : `of ${formatNumber(point.n)}`;
                return [{ key: line.key, name: line.name, color: line.color, value: formatPercent(point.share, 1), interval }];
              });
              return <Tip head={`Score ${score.toFixed(2)}: share that was ${what}`} rows={tips} />;
            }}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

/** How far an interval reaches below and above its share; nothing without an interval. */
function endsOf(point: CalibrationSeries['points'][number] | undefined): [number, number] | null {
  if (point?.lower === undefined || point.upper === undefined) return null;
  return [point.share - point.lower, point.upper - point.share];
}
