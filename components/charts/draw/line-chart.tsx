'use client';
import { useId } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useTimeZone } from '#components/ui/date-time.tsx';
import { bandKey } from '../prepare/dense.ts';
import { prepareLines } from '../prepare/lines.ts';
import { ChartFrame, type LegendItem } from './chart-frame.tsx';
import s from './charts.module.css';
import { EndLabel, HatchPattern, MarkLabel } from './labels.tsx';
import type { LineChartProps, LineSeries } from './line-chart-types.ts';
import { Tip } from './tooltip.tsx';

const number = (x: number | Date) => (typeof x === 'number' ? x : x.getTime());

/** Lines over time or steps, with bands, gaps, references, limits, marks and one crosshair for all of them. */
export function LineChart(props: LineChartProps) {
  const zone = useTimeZone();
  const prepared = prepareLines(props, props.x.zone ?? zone);
  const chart = <Plot {...props} prepared={prepared} />;
  if (props.bare)
    return (
      <div className={s.plot} style={{ height: props.height ?? 120 }}>
        {chart}
      </div>
    );
  const legend: LegendItem[] = [
    ...props.series
      .filter((series) => series.endLabel === undefined || props.series.length > 1)
      .map((series) => ({
        label: series.name,
        color: series.color,
        mark: series.dashed ? ('dashed' as const) : ('line' as const),
      })),
    ...(props.references ?? []).map((reference) => ({ label: reference.label, color: 'var(--ref)', mark: 'dashed' as const })),
    ...(props.hatched ? [{ label: props.hatched.label, color: 'var(--line-2)', mark: 'hatch' as const }] : []),
  ];
  return (
    <ChartFrame
      title={props.title}
      caption={props.caption}
      file={props.file}
      height={props.height}
      legend={
        props.legend !== false && (props.series.length + (props.references?.length ?? 0) > 1 || props.hatched) ? legend : []
      }
      table={prepared.table}
      foot={props.foot}
    >
      {chart}
    </ChartFrame>
  );
}

function Plot({
  series,
  x,
  y,
  references = [],
  limits = [],
  marks = [],
  hatched,
  title,
  caption,
  onPick,
  prepared,
  bare,
  height,
}: LineChartProps & { prepared: ReturnType<typeof prepareLines> }) {
  const hatch = useId();
  const right = series.some((line) => line.endLabel)
    ? Math.max(...series.map((line) => (line.endLabel?.length ?? 0) * 6.4 + 12))
    : 12;
  const band = (line: LineSeries) => line.points.some((point) => point.lower != null);
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 220 }}>
      <ComposedChart
        data={prepared.rows}
        margin={{ top: marks.length > 0 ? 20 : 8, right, bottom: 0, left: 0 }}
        accessibilityLayer
        title={caption === undefined ? title : `${title}, ${caption}`}
        onClick={(state) => {
          if (onPick && state.activeLabel !== undefined) onPick(Number(state.activeLabel));
        }}
      >
        <defs>
          <HatchPattern id={hatch} />
        </defs>
        <CartesianGrid vertical={false} stroke="var(--grid)" />
        {hatched && (
          <ReferenceArea
            x1={number(hatched.from)}
            x2={number(hatched.to)}
            fill={`url(#${hatch})`}
            fillOpacity={1}
            stroke="none"
            ifOverflow="hidden"
          />
        )}
        <XAxis
          dataKey="x"
          type="number"
          scale={x.log ? 'log' : 'linear'}
          domain={prepared.xDomain}
          allowDataOverflow
          ticks={prepared.xTicks.map((tick) => tick.at)}
          interval={0}
          height={20}
          tickFormatter={(at: number) => prepared.xTicks.find((tick) => tick.at === at)?.label ?? ''}
          tickLine={false}
          axisLine={{ stroke: 'var(--line-2)' }}
          tickMargin={4}
        />
        <YAxis
          type="number"
          scale={y.log ? 'log' : 'linear'}
          domain={prepared.yDomain}
          allowDataOverflow
          ticks={prepared.yTicks}
          tickFormatter={(value: number) => y.format(value)}
          tickLine={false}
          axisLine={false}
          tickMargin={6}
          tickSize={0}
          width={Math.max(24, ...prepared.yTicks.map((tick) => y.format(tick).length * 6.4 + 10))}
          interval={0}
        />
        {series.filter(band).map((line) => (
          <Area
            key={`${line.key}-band`}
            dataKey={bandKey(line.key)}
            type="linear"
            stroke="none"
            fill={line.color}
            fillOpacity={0.12}
            isAnimationActive={false}
            connectNulls={false}
            activeDot={false}
            tooltipType="none"
          />
        ))}
        {references.map((reference) => (
          <ReferenceLine
            key={`r${reference.y}`}
            y={reference.y}
            stroke="var(--ref)"
            strokeDasharray="4 3"
            strokeWidth={1.25}
            ifOverflow="hidden"
          />
        ))}
        {limits.map((limit) => (
          <ReferenceLine
            key={`l${limit.y}`}
            y={limit.y}
            stroke="var(--bad)"
            strokeDasharray="3 3"
            strokeWidth={1.25}
            ifOverflow="hidden"
            label={bare ? undefined : { value: limit.label, position: 'insideTopRight', fill: 'var(--bad)' }}
          />
        ))}
        {marks.map((mark, i) => (
          <ReferenceLine
            key={`m${i}`}
            x={number(mark.x)}
            stroke={mark.tone === 'bad' ? 'var(--bad)' : 'var(--ink-2)'}
            strokeDasharray="2 2"
            ifOverflow="hidden"
            label={<MarkLabel text={mark.label} tone={mark.tone} />}
          />
        ))}
        {series.map((line) => (
          <Line
            key={line.key}
            dataKey={line.key}
            name={line.name}
            type="linear"
            stroke={line.color}
            strokeWidth={line.reference ? 1.5 : 1.75}
            strokeDasharray={line.dashed ? '5 3' : undefined}
            isAnimationActive={false}
            connectNulls={false}
            dot={
              !(line.dots ?? x.kind === 'time') || prepared.rows.length > 60
                ? prepared.lonely(line.key)
                : { r: 1.75, fill: line.color, strokeWidth: 0 }
            }
            activeDot={{ r: 3.5, fill: line.color, stroke: 'var(--stage)', strokeWidth: 1 }}
            label={
              line.endLabel === undefined ? undefined : (
                <EndLabel
                  text={line.endLabel}
                  color={line.color}
                  last={prepared.lastIndex(line.key)}
                  shift={prepared.labelShift(line.key, (height ?? 220) - 48)}
                />
              )
            }
          />
        ))}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--ink-3)', strokeWidth: 1 }}
          offset={16}
          wrapperStyle={{ outline: 'none', zIndex: 20 }}
          content={({ active, label }) =>
            active && label !== undefined ? (
              <Tip head={prepared.formatX(Number(label))} rows={prepared.tipRows(Number(label))} />
            ) : null
          }
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}
