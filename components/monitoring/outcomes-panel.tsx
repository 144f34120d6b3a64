'use client';
import { LineChart } from '#components/charts/draw/line-chart.tsx';
import type { LineSeries } from '#components/charts/draw/line-chart-types.ts';
import { formatCount, formatNumber, formatPercent, formatRange } from '#components/ui/format.ts';
import { KnownStrip } from './known-strip.tsx';
import s from './monitoring.module.css';
import { prepareOutcomes } from './prepare-outcomes.ts';
import type { Shown } from './prepare-range.ts';
import type { MonitorDetail } from './types.ts';
import { windowName, ZONE } from './window-words.ts';

const CHART_HEIGHT = 240;
const LOWEST_STEP = 0.05;

/** How often it was right, by the outcomes that are known; hatched where they are still coming in. */
export function OutcomesPanel({ monitor, shown }: { monitor: MonitorDetail; shown: Shown }) {
  const size = monitor.settings.window;
  const outcomes = prepareOutcomes(shown.slots, monitor.positive);
  const known = outcomes.completeness.reduce((sum, window) => sum + window.known, 0);
  const rows = outcomes.completeness.reduce((sum, window) => sum + window.rows, 0);
  if (known === 0) {
    return (
      <>
        <h2>Right, from outcomes</h2>
        <p className="ink-2">
          No outcome has come in for the {formatCount(rows, 'request')} shown, so nobody can say how often the answers were right.
          Programs send outcomes to the gateway by the request’s id.
        </p>
      </>
    );
  }
  const accuracy: LineSeries = {
    key: 'accuracy',
    name: 'accuracy',
    color: outcomes.precision ? 'var(--ref)' : 'var(--accent)',
    reference: outcomes.precision !== null,
    points: outcomes.precision ? outcomes.accuracy.map(({ x, y }) => ({ x, y })) : outcomes.accuracy,
  };
  const precision: LineSeries[] = outcomes.precision
    ? [{ key: 'precision', name: `right when it says ${monitor.positive}`, color: 'var(--accent)', points: outcomes.precision }]
    : [];
  const lowest = Math.min(
    1,
    ...[...precision, accuracy].flatMap(({ points }) => points.map((point) => point.lower ?? point.y ?? 1)),
  );
  const half = (shown.end.getTime() - (shown.slots.at(-1)?.from.getTime() ?? 0)) / 2;
  const [lastAccuracy, lastPrecision] = [outcomes.accuracy, outcomes.precision ?? []].map((points) =>
    points.findLast(({ y }) => y !== null),
  );
  return (
    <LineChart
      title="Right, from outcomes"
      caption={`a ${size}, 95 % interval`}
      file={`${monitor.name}-outcomes`}
      height={CHART_HEIGHT}
      x={{
        kind: 'time',
        label: size,
        zone: ZONE,
        format: (at) => windowName(new Date(at), size),
        domain: [shown.from.getTime() - half, shown.end.getTime() - half],
      }}
      y={{
        label: 'share right',
        format: (value) => formatNumber(value, 2),
        domain: [Math.max(0, Math.floor(lowest / LOWEST_STEP) * LOWEST_STEP), 1],
      }}
      series={[...precision, accuracy]}
      references={
        monitor.reference?.accuracy == null
          ? []
          : [{ y: monitor.reference.accuracy, label: `accuracy when tested, ${formatNumber(monitor.reference.accuracy, 2)}` }]
      }
      {...(outcomes.comingSince && {
        hatched: {
          from: new Date(outcomes.comingSince.getTime() - half),
          to: new Date(shown.end.getTime() - half),
          label: 'outcomes still coming',
        },
      })}
      foot={
        <>
          <KnownStrip windows={outcomes.completeness} size={size} />
          {lastPrecision && (
            <span>
              <b className={s.value}>{formatNumber(lastPrecision.y, 2)}</b> right when it says {monitor.positive},{' '}
              {formatRange(lastPrecision.lower, lastPrecision.upper, 2)}, of {lastPrecision.n}
            </span>
          )}
          {lastAccuracy && (
            <span>
              <b className={s.value}>{formatNumber(lastAccuracy.y, 2)}</b> accuracy, of {lastAccuracy.n}
            </span>
          )}
          <span>
            {formatNumber(known, 0)} of {formatNumber(rows, 0)} outcomes known ({formatPercent(known / Math.max(1, rows))})
          </span>
        </>
      }
    />
  );
}
