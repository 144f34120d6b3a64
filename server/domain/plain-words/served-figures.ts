/** Figures of a served classifier in words that need no statistics. Pure: windows of counts in, figures with their parts out. */
import { wilsonInterval } from '../stats/proportions.ts';

export type Confusion = Record<string, Record<string, number>>;
export type ServedWindow = { from: Date; confusion: Confusion; latencyP99Ms: number | null; rows: number; failed: number };

/** `value` is a share or, for latency, milliseconds; `of` says of how many it is. Null stands for a figure that nothing supports. */
export type PlainFigure = {
  id: 'catches' | 'right' | 'held' | 'correct' | 'latency';
  label: string;
  value: number | null;
  lower: number | null;
  upper: number | null;
  of: number;
  history: (number | null)[];
};

type Part = { successes: number; n: number };

/**
 * With a positive class: how much of it is caught (recall), how often it is right when it says so (precision), how much of the
 * rest is held back (false positive rate). Without one: how often it is right. And how quickly 99 of 100 are answered.
 * The value is that of the newest window, the history one value a window, oldest first; a window without cases is a gap.
 */
export function servedFigures(windows: readonly ServedWindow[], positive: string | null): PlainFigure[] {
  const latency = windows.map((window) => window.latencyP99Ms);
  const answered = windows.at(-1);
  const speed: PlainFigure = {
    id: 'latency',
    label: '99 of 100 answered within',
    value: latency.at(-1) ?? null,
    lower: null,
    upper: null,
    of: answered?.rows ?? 0,
    history: latency,
  };
  const parts: [PlainFigure['id'], string, (confusion: Confusion) => Part][] =
    positive === null
      ? [['correct', 'Right of all answers', correct]]
      : [
          ['catches', `${capital(positive)} it catches`, (confusion) => recall(confusion, positive)],
          ['right', `Right when it says ${positive}`, (confusion) => precision(confusion, positive)],
          ['held', `Others called ${positive}`, (confusion) => falsePositives(confusion, positive)],
        ];
  return [
    ...parts.map(([id, label, part]) =>
      figure(
        id,
        label,
        windows.map((window) => part(window.confusion)),
      ),
    ),
    speed,
  ];
}

function figure(id: PlainFigure['id'], label: string, parts: Part[]): PlainFigure {
  const newest = parts.findLast((part) => part.n > 0) ?? { successes: 0, n: 0 };
  const interval = wilsonInterval(newest);
  return {
    id,
    label,
    value: interval?.estimate ?? null,
    lower: interval?.lower ?? null,
    upper: interval?.upper ?? null,
    of: newest.n,
    history: parts.map(({ successes, n }) => (n > 0 ? successes / n : null)),
  };
}

function recall(confusion: Confusion, positive: string): Part {
  const row = confusion[positive] ?? {};
  return { successes: row[positive] ?? 0, n: total(row) };
}

function precision(confusion: Confusion, positive: string): Part {
  const said = Object.values(confusion).map((row) => row[positive] ?? 0);
  return { successes: confusion[positive]?.[positive] ?? 0, n: said.reduce((sum, count) => sum + count, 0) };
}

function falsePositives(confusion: Confusion, positive: string): Part {
  const others = Object.entries(confusion).filter(([actual]) => actual !== positive);
  return {
    successes: others.reduce((sum, [, row]) => sum + (row[positive] ?? 0), 0),
    n: others.reduce((sum, [, row]) => sum + total(row), 0),
  };
}

function correct(confusion: Confusion): Part {
  return {
    successes: Object.entries(confusion).reduce((sum, [actual, row]) => sum + (row[actual] ?? 0), 0),
    n: Object.values(confusion).reduce((sum, row) => sum + total(row), 0),
  };
}

function total(row: Record<string, number>): number {
  return Object.values(row).reduce((sum, count) => sum + count, 0);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
