'use client';
import { Slider } from '@mantine/core';
import { useState } from 'react';
import { useTimeZone } from '#components/ui/date-time.tsx';
import { formatDateTime, formatDay } from '#components/ui/format-time.ts';
import { type Lane, type Stretch, shareOf } from './lanes.ts';
import s from './record.module.css';

const STEPS = 1_000;

type Props = {
  lanes: readonly Lane[];
  from: Date;
  to: Date;
  at: Date;
  onPick: (at: Date) => void;
  isServing: (stage: string) => boolean;
};

/** What stood where over all of the time, a line a model, with the moment that is looked at; moved by pointer or by keys. */
export function TimeLine({ lanes, from, to, at, onPick, isServing }: Props) {
  const zone = useTimeZone();
  const [moving, setMoving] = useState<number | null>(null);
  const length = to.getTime() - from.getTime();
  const momentOf = (value: number) => new Date(from.getTime() + (length * value) / STEPS);
  const value = moving ?? Math.round(shareOf(at, from, to) * STEPS);
  return (
    <section className={s.line} aria-label="Line of time">
      <div className={s.lanes}>
        <div className={s.names}>
          {lanes.map((lane) => (
            <div key={lane.model} className={s.name} title={lane.model}>
              {lane.model}
            </div>
          ))}
        </div>
        <div className={s.track}>
          {lanes.map((lane) => (
            <div key={lane.model} className={s.lane}>
              {lane.stretches.map((stretch) => (
                <Bar
                  key={`${stretch.version}-${stretch.from.getTime()}`}
                  {...{ stretch, from, to, zone }}
                  serving={isServing(stretch.stage)}
                />
              ))}
            </div>
          ))}
          <div className={s.cursor} style={{ left: `${value / (STEPS / 100)}%` }} aria-hidden />
        </div>
      </div>
      <div className={s.slider}>
        <Slider
          min={0}
          max={STEPS}
          step={1}
          size="sm"
          value={value}
          onChange={setMoving}
          onChangeEnd={(end) => {
            setMoving(null);
            onPick(momentOf(end));
          }}
          label={(current) => formatDateTime(momentOf(current), zone)}
          thumbLabel="The moment"
        />
        <div className={s.ends}>
          <span>{formatDay(from, zone)}</span>
          <span>now</span>
        </div>
      </div>
    </section>
  );
}

function Bar({ stretch, from, to, zone, serving }: { stretch: Stretch; from: Date; to: Date; zone: string; serving: boolean }) {
  const left = shareOf(stretch.from, from, to);
  const width = Math.max(0.004, shareOf(stretch.to ?? to, from, to) - left);
  const until = stretch.to ? ` to ${formatDateTime(stretch.to, zone)}` : ', still there';
  return (
    <div
      className={serving ? s.serving : s.waiting}
      style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
      title={`v${stretch.version} ${stretch.stage}, ${formatDateTime(stretch.from, zone)}${until}`}
    >
      {width > 0.03 ? `v${stretch.version}` : ''}
    </div>
  );
}
