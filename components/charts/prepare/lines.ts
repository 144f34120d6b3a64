import { formatDay, formatExact } from '#components/ui/format-time.ts';
import { bandKey, extent, mergeSeries, type Point, type Row } from './dense.ts';
import { minMax } from './downsample.ts';
import { spreadApart } from './spread.ts';
import type { ChartTable } from './table.ts';
import { logTicks, niceTicks, tickDecimals } from './ticks.ts';
import { timeTicks } from './time-axis.ts';

type RawPoint = { x: number | Date; y: number | null; lower?: number | null; upper?: number | null };
type Input = {
  x: {
    kind: 'time' | 'number';
    label: string;
    format?: (x: number) => string;
    log?: boolean;
    domain?: [number, number];
    ticks?: number;
  };
  y: { label: string; format: (y: number) => string; domain?: [number, number]; log?: boolean; ticks?: number };
  series: { key: string; name: string; color: string; points: RawPoint[]; endLabel?: string }[];
  references?: { y: number }[];
  limits?: { y: number }[];
};

const DAY = 86_400_000;
const MOST_BUCKETS = 400;
const number = (x: number | Date) => (typeof x === 'number' ? x : x.getTime());

/** All that a line chart needs besides drawing: rows, domains, ticks, what the crosshair says, and the table of its figures. */
export function prepareLines({ x, y, series, references = [], limits = [] }: Input, timeZone: string) {
  const lines = series.map((line) => ({
    ...line,
    points: line.points.map<Point>((point) => ({ ...point, x: number(point.x) })),
  }));
  const rows = mergeSeries(lines.map(({ key, points }) => ({ key, points: minMax(points, MOST_BUCKETS) })));
  const xDomain: [number, number] = x.domain ?? [rows[0]?.x ?? 0, rows.at(-1)?.x ?? 1];
  if (xDomain[0] === xDomain[1]) xDomain[1] = xDomain[0] + (x.kind === 'time' ? DAY : 1);
  const known = extent(lines) ?? [0, 1];
  const guides = [...references, ...limits].map((line) => line.y);
  const [yDomain, yTicks] = yAxis(y, [Math.min(known[0], ...guides), Math.max(known[1], ...guides)]);
  const step = rows.length > 1 ? Math.min(...rows.slice(1).map((row, i) => row.x - (rows[i]?.x ?? 0))) : 0;
  const formatX =
    x.format ??
    (x.kind === 'time'
      ? (at: number) => (step >= DAY * 0.9 ? formatDay(new Date(at), timeZone) : formatExact(new Date(at), timeZone))
      : (at: number) => `${x.label} ${Number(at.toPrecision(6))}`);
  const value = (row: Row | undefined, key: string) => {
    const found = row?.[key];
    return typeof found === 'number' ? found : null;
  };
  return {
    rows,
    xDomain,
    yDomain,
    yTicks,
    formatX,
    xTicks: atMost(
      x.kind === 'time' ? timeTicks(xDomain[0], xDomain[1], timeZone) : numberTicks(xDomain, x.log ?? false),
      x.ticks,
    ),
    /** The row of the last known value of a series. */
    lastIndex: (key: string) => rows.findLastIndex((row) => value(row, key) !== null),
    /** Dots only for points that stand alone between gaps: a line would not show them. */
    lonely: (key: string) =>
      rows.some((row, i) => value(row, key) !== null && value(rows[i - 1], key) === null && value(rows[i + 1], key) === null)
        ? { r: 1.75 }
        : false,
    /** Pixels by which a series' end label moves so that labels don't cover each other, in a plot of that height. */
    labelShift: (key: string, height: number) => {
      const ends = lines
        .filter((line) => line.endLabel !== undefined)
        .map((line) => {
          const last = rows.findLast((row) => value(row, line.key) !== null);
          const share = ((value(last, line.key) ?? yDomain[0]) - yDomain[0]) / (yDomain[1] - yDomain[0] || 1);
          return { key: line.key, at: (1 - share) * height };
        });
      const spread = spreadApart(
        ends.map((end) => end.at),
        14,
      );
      const index = ends.findIndex((end) => end.key === key);
      return (spread[index] ?? 0) - (ends[index]?.at ?? 0);
    },
    tipRows: (at: number) => {
      const row = rows.find((candidate) => candidate.x === at);
      return lines.flatMap((line) => {
        const found = value(row, line.key);
        if (found === null) return [];
        const band = row?.[bandKey(line.key)];
        return [
          {
            key: line.key,
            name: line.name,
            color: line.color,
            value: y.format(found),
            interval: Array.isArray(band) ? `${y.format(band[0])} to ${y.format(band[1])}` : undefined,
          },
        ];
      });
    },
    table: toTable(x, lines, timeZone),
  };
}

function yAxis(y: Input['y'], [low, high]: [number, number]): [[number, number], number[]] {
  if (y.log) {
    const positive = Math.max(low, high * 1e-6, 1e-12);
    const domain: [number, number] = y.domain ?? [positive, high];
    return [domain, logTicks(domain[0], domain[1])];
  }
  if (y.domain)
    return [
      y.domain,
      niceTicks(y.domain[0], y.domain[1], y.ticks).filter(
        (tick) => tick >= (y.domain?.[0] ?? tick) - 1e-9 && tick <= (y.domain?.[1] ?? tick) + 1e-9,
      ),
    ];
  const ticks = niceTicks(low, high, y.ticks);
  return [[ticks[0] ?? low, ticks.at(-1) ?? high], ticks];
}

/** Evenly thinned, for small charts. */
function atMost<T>(ticks: T[], most: number | undefined): T[] {
  if (most === undefined || ticks.length <= most) return ticks;
  const every = Math.ceil(ticks.length / most);
  return ticks.filter((_, index) => index % every === 0);
}

function numberTicks(domain: [number, number], log: boolean) {
  const ticks = log
    ? logTicks(domain[0], domain[1])
    : niceTicks(domain[0], domain[1], 6).filter((tick) => tick >= domain[0] - 1e-9 && tick <= domain[1] + 1e-9);
  const decimals = log ? undefined : tickDecimals(ticks);
  return ticks.map((at) => ({
    at,
    label:
      decimals === undefined
        ? String(at)
        : at.toLocaleString('en-GB', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
  }));
}

function toTable(x: Input['x'], lines: { key: string; name: string; points: Point[] }[], timeZone: string): ChartTable {
  const banded = new Set(lines.filter((line) => line.points.some((point) => point.lower != null)).map((line) => line.key));
  const heads = [
    x.kind === 'time' ? `${x.label} (${timeZone})` : x.label,
    ...lines.flatMap((line) => (banded.has(line.key) ? [line.name, `${line.name}, lower`, `${line.name}, upper`] : [line.name])),
  ];
  const rows = mergeSeries(lines).map((row) => [
    x.kind === 'time' ? new Date(row.x).toISOString() : row.x,
    ...lines.flatMap((line) => {
      const found = row[line.key];
      const band = row[bandKey(line.key)];
      const y = typeof found === 'number' ? found : null;
      return banded.has(line.key) ? [y, ...(Array.isArray(band) ? band : [null, null])] : [y];
    }),
  ]);
  return { heads: x.kind === 'time' ? [`${x.label} (UTC)`, ...heads.slice(1)] : heads, rows };
}
