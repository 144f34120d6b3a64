'use client';
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { CalibrationChart } from '#components/charts/draw/calibration.tsx';
import { formatPercent, formatRange } from '#components/ui/format.ts';
import { RATES, type Rate } from '#server/domain/fairness/rates.ts';
import type { ClassFairness, ColumnFairness } from '#server/features/fairness/fairness.schema.ts';
import { DisparityTable } from './disparity-table.tsx';
import s from './fairness.module.css';
import { GroupsTable } from './groups-table.tsx';
import { ProxiesTable } from './proxies-table.tsx';
import { RepresentationTable } from './representation-table.tsx';
import { RATE_WORDS } from './words.ts';

const MOST_CURVES = 4;

/** All that is known of one column: figures of its groups, how far they lie apart, what betrays it, who is in the data. */
export function ColumnPanel({ column }: { column: ColumnFairness }) {
  const [chosen, setChosen] = useState(0);
  const [rate, setRate] = useState<Rate>('selection_rate');
  const own = column.classes[chosen];
  return (
    <section className={s.column} aria-label={`By ${column.subject}`}>
      <div className={s.stack}>
        <div className={s.columnHead}>
          <h3>
            By {column.subject}
            {own && <span className="ink-3"> for {own.class}</span>}
          </h3>
          {column.classes.length > 1 && (
            <SegmentedControl
              size="xs"
              aria-label="Class"
              data={column.classes.map((one, i) => ({ value: String(i), label: one.class }))}
              value={String(chosen)}
              onChange={(value) => setChosen(Number(value))}
            />
          )}
          {own && (
            <SegmentedControl
              size="xs"
              aria-label="Figure"
              data={RATES.map((value) => ({ value, label: RATE_WORDS[value].title }))}
              value={rate}
              onChange={(value) => setRate(value as Rate)}
            />
          )}
        </div>
        <div className={s.two}>
          {own && (
            <GroupsTable
              title={RATE_WORDS[rate].title}
              note={RATE_WORDS[rate].note}
              groups={own.groups.map((group) => ({ ...group, interval: group[rate] }))}
              share
            />
          )}
          {own && <DisparityTable disparities={own.disparities} />}
          {column.numbers && (
            <GroupsTable
              title="mean absolute error"
              note="how far answers are off, on average"
              groups={column.numbers.groups.map((group) => ({ ...group, interval: group.mean_error }))}
              share={false}
            />
          )}
          {column.numbers && (
            <GroupsTable
              title="mean answer"
              note="what is answered, on average"
              groups={column.numbers.groups.map((group) => ({ ...group, interval: group.mean_answer }))}
              share={false}
            />
          )}
          {column.numbers && <DisparityTable disparities={column.numbers.disparities} />}
          <ProxiesTable subject={column.subject} proxies={column.proxies} />
          {column.representation && <RepresentationTable representation={column.representation} />}
          {own && <GroupCurves subject={column.subject} own={own} />}
        </div>
        <p className="caption">{flippedWords(column)}</p>
      </div>
    </section>
  );
}

function GroupCurves({ subject, own }: { subject: string; own: ClassFairness }) {
  const judged = new Set(own.groups.filter((group) => group.judged).map((group) => group.name));
  const shown = own.calibration.filter((group) => judged.has(group.name)).slice(0, MOST_CURVES);
  if (shown.length === 0) return null;
  return (
    <CalibrationChart
      title={`Calibration by ${subject}`}
      caption={`share of ${own.class}, by probability; expected error ${shown.map((group) => `${group.name} ${group.error?.estimate.toFixed(3) ?? '–'}`).join(', ')}`}
      file={`calibration-by-${subject}`}
      what={own.class}
      series={shown.map((group, i) => ({
        key: group.name,
        name: group.name,
        color: `var(--series-${i + 1})`,
        points: group.points.map((point) => ({
          score: Math.floor(point.probability * 10 - 1e-9) / 10 + 0.05,
          share: point.share,
          n: point.rows,
        })),
      }))}
    />
  );
}

function flippedWords({ subject, flipped }: ColumnFairness): string {
  if (!flipped.interval) return flipped.reason ?? '';
  const { estimate, lower, upper, n } = flipped.interval;
  return `With only ${subject} changed (to ${flipped.values.join(', ')}), ${formatPercent(estimate, 1)} of ${n} answers change (95 % interval ${formatRange(lower * 100, upper * 100, 1)} %).`;
}
