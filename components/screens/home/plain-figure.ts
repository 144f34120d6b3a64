import { formatDuration, formatNumber } from '#components/ui/format.ts';
import type { Served } from '#server/features/home/home.schema.ts';

export type PlainFigure = Served['figures'][number];
export type FigureWords = {
  value: string;
  unit: string | undefined;
  note: string;
  tone: 'good' | 'bad' | undefined;
  /** With its interval, for the title and for those who don't see the sparkline. */
  title: string;
};

/** Below this share a figure is told in 1,000 instead of in 100. */
const RARE = 0.02;
const LOWER_IS_BETTER: readonly PlainFigure['id'][] = ['held', 'latency'];

/** A figure of a served model in words: "95 of 100", of how many, and whether it moved since the window before. */
export function figureWords(figure: PlainFigure, o: { window: 'day' | 'week' | null; failed: number }): FigureWords {
  if (figure.value === null) return nothingKnown(figure);
  if (figure.id === 'latency') return latencyWords(figure, o.failed);
  const scale = figure.value < RARE && figure.value > 0 ? 1000 : 100;
  const change = changeOf(figure);
  const step = o.window === null ? 'window' : o.window;
  const before = change.before === null ? null : `${amount(change.before, scale)} the ${step} before`;
  const note =
    change.moved === 0
      ? `of ${formatNumber(figure.of, 0)}${before === null ? '' : ` · no clear change`}`
      : `${change.moved > 0 ? '▲' : '▼'} was ${amount(change.before ?? 0, scale)} · of ${formatNumber(figure.of, 0)}`;
  const better = change.moved > 0 !== LOWER_IS_BETTER.includes(figure.id);
  const interval =
    figure.lower === null || figure.upper === null
      ? ''
      : `, 95 % interval ${amount(figure.lower, scale)} to ${amount(figure.upper, scale)}`;
  return {
    value: amount(figure.value, scale),
    unit: scale === 1000 ? 'in 1,000' : 'of 100',
    note,
    tone: change.moved === 0 ? undefined : better ? 'good' : 'bad',
    title: `${figure.label}: ${amount(figure.value, scale)} ${scale === 1000 ? 'in 1,000' : 'of 100'}${interval}, from ${formatNumber(figure.of, 0)} with a known outcome${before === null ? '' : `; ${before}`}`,
  };
}

/**
 * Whether the newest value differs from the one before it: only where the one before lies outside the newest one's interval.
 * `moved` is 1 up, -1 down, 0 no clear change.
 */
export function changeOf(figure: PlainFigure): { before: number | null; moved: -1 | 0 | 1 } {
  const known = figure.history.filter((value) => value !== null);
  const before = known.at(-2) ?? null;
  if (before === null || figure.lower === null || figure.upper === null) return { before, moved: 0 };
  if (before < figure.lower) return { before, moved: 1 };
  if (before > figure.upper) return { before, moved: -1 };
  return { before, moved: 0 };
}

/** The axis of a sparkline of shares: at least `span` high, so that noise isn't drawn as a cliff; within 0 and 1. */
export function sparkDomain(history: readonly (number | null)[], span: number): [number, number] {
  const known = history.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  if (known.length === 0) return [0, 1];
  if (high - low >= span) return [low, high];
  const top = Math.min(1, (low + high + span) / 2);
  const bottom = Math.max(0, top - span);
  return [bottom, bottom + span];
}

function latencyWords(figure: PlainFigure, failed: number): FigureWords {
  const [value = '–', unit] = formatDuration(figure.value).split('\u00a0');
  const note = `${formatNumber(figure.of, 0)} requests, ${failed === 0 ? 'none' : formatNumber(failed, 0)} failed`;
  return { value, unit, note, tone: failed > 0 ? 'bad' : undefined, title: `${figure.label} ${value} ${unit ?? ''}: ${note}` };
}

function nothingKnown(figure: PlainFigure): FigureWords {
  const note = figure.id === 'latency' ? 'no request yet' : 'no outcome yet';
  return { value: '–', unit: undefined, note, tone: undefined, title: `${figure.label}: ${note}` };
}

/** A share as "95", with a decimal where a whole number would say "all" or "none". */
function amount(share: number, scale: number): string {
  const value = share * scale;
  const whole = Math.round(value);
  const hides = (whole === scale && share < 1) || (whole === 0 && share > 0);
  return hides ? formatNumber(Math.floor(value * 10) / 10, 1) : formatNumber(whole, 0);
}
