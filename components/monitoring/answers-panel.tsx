'use client';
import { Select } from '@mantine/core';
import { LineChart } from '#components/charts/draw/line-chart.tsx';
import { niceTicks } from '#components/charts/prepare/ticks.ts';
import { formatNumber, formatPercent } from '#components/ui/format.ts';
import { ANSWER } from '#server/domain/drift/subjects.ts';
import s from './monitoring.module.css';
import type { Shown } from './prepare-range.ts';
import type { MonitorDetail } from './types.ts';
import type { MonitorAddress } from './use-monitor-address.ts';
import { windowName, ZONE } from './window-words.ts';

const CHART_HEIGHT = 240;

/** The share of one class among the answers, by window, with its interval, against training. */
export function AnswersPanel({ monitor, shown, address }: { monitor: MonitorDetail; shown: Shown; address: MonitorAddress }) {
  const classes = monitor.reference?.classes ?? [];
  const name = [address.answer, monitor.positive, classes.at(-1)].find((one) => one != null && classes.includes(one));
  if (!name) return <p className="ink-2">The model names no classes, so there are no shares of answers to show.</p>;
  const points = shown.slots.map(({ from, window }) => {
    const share = window?.results.answers[name];
    return { x: from, y: share?.estimate ?? null, lower: share?.lower ?? null, upper: share?.upper ?? null };
  });
  const half = (shown.end.getTime() - (shown.slots.at(-1)?.from.getTime() ?? 0)) / 2;
  const trained = monitor.referenceShares[name] ?? null;
  const last = points.findLast((point) => point.y !== null);
  const top = Math.max(0.02, trained ?? 0, ...points.map((point) => point.upper ?? 0));
  const decimals = top < 0.1 ? 1 : 0;
  const psi = shown.slots.findLast(({ window }) => (window?.results.subjects[ANSWER]?.state ?? 'unknown') !== 'unknown')?.window
    ?.results.subjects[ANSWER]?.psi;
  const alerts = monitor.alerts.filter(({ subject, since }) => subject === ANSWER && since >= shown.from && since < shown.end);
  return (
    <>
      <LineChart
        title={`Share answered ${name}`}
        caption={`a ${monitor.settings.window}, 95 % interval`}
        file={`${monitor.name}-answers-${name}`}
        height={CHART_HEIGHT}
        x={{
          kind: 'time',
          label: monitor.settings.window,
          zone: ZONE,
          domain: [shown.from.getTime() - half, shown.end.getTime() - half],
          format: (at) => windowName(new Date(at), monitor.settings.window),
        }}
        y={{
          label: `share of ${name}`,
          format: (value) => formatPercent(value, decimals),
          domain: [0, Math.min(1, niceTicks(0, top).at(-1) ?? 1)],
        }}
        series={[{ key: 'share', name: 'answered', color: 'var(--accent)', points }]}
        references={trained === null ? [] : [{ y: trained, label: `in training, ${formatPercent(trained, decimals)}` }]}
        marks={alerts.map(({ since }) => ({ x: since, label: 'alert', tone: 'bad' as const }))}
        foot={
          <>
            <span>
              <b className={s.value}>{formatPercent(last?.y, decimals)}</b> now
            </span>
            {psi != null && (
              <span>
                <b className={s.value}>{formatNumber(psi, 2)}</b> PSI of all answers, drift from {monitor.settings.psi.drift}
              </span>
            )}
          </>
        }
      />
      {classes.length > 2 && (
        <div className={s.over}>
          <Select
            size="xs"
            aria-label="Class"
            allowDeselect={false}
            data={classes}
            value={name}
            onChange={(value) => address.change({ answer: value })}
          />
        </div>
      )}
    </>
  );
}
