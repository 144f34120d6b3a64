import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import s from './marks.module.css';
import { Shape, type ShapeName } from './shape.tsx';

export type Tone = 'quiet' | 'ink' | 'good' | 'warn' | 'bad' | 'accent';

const STATES = {
  none: ['circle', 'quiet', 'None'],
  possible: ['triangle', 'warn', 'Possible'],
  alert: ['diamond', 'bad', 'Alert'],
  done: ['check', 'quiet', 'Done'],
  passed: ['check', 'good', 'Passed'],
  failed: ['cross', 'bad', 'Failed'],
  running: ['ring', 'accent', 'Running'],
  queued: ['dotted', 'quiet', 'Queued'],
  waiting: ['dotted', 'quiet', 'Waiting'],
  stopped: ['stopped', 'quiet', 'Stopped early'],
  cancelled: ['stopped', 'quiet', 'Cancelled'],
  paused: ['pause', 'warn', 'Paused'],
  lost: ['question', 'warn', 'Lost'],
  live: ['live', 'accent', 'Live'],
} as const satisfies Record<string, readonly [ShapeName, Tone, string]>;

export type StateName = keyof typeof STATES;

/** A state as shape + word + colour. The word may be replaced by children; shape and tone too where a slice has states of its own. */
export function StatePill({
  state = 'none',
  shape,
  tone,
  children,
}: {
  state?: StateName;
  shape?: ShapeName;
  tone?: Tone;
  children?: ReactNode;
}) {
  const [usualShape, usualTone, word] = STATES[state];
  return (
    <span className={cx(s.state, s[tone ?? usualTone])}>
      <Shape name={shape ?? usualShape} />
      <span className={s.stateWord}>{children ?? word}</span>
    </span>
  );
}
