/** What a comparison means, in words: significance is a sentence first. */
import { isShare } from '../metrics/paths.ts';
import { roundRows } from '../stats/power.ts';
import type { ComparedFigure, OperationData } from './sections.schema.ts';

type Names = { candidate: number; incumbent: number };
type Told = Omit<ComparedFigure, 'sentence'>;

/** A difference as one says it: "1.2 points" of a share, the figure itself otherwise. */
export function told(path: string, value: number): string {
  if (isShare(path)) return `${(Math.abs(value) * 100).toFixed(1)} points`;
  return String(Number(Math.abs(value).toPrecision(3)));
}

/** One figure: better, worse, or not to be told apart, and then how many rows it would take. */
export function differenceSentence(figure: Told, names: Names, rows: number): string {
  const { difference, path, name } = figure;
  const [after, before] = [`v${names.candidate}`, `v${names.incumbent}`];
  if (!difference) return `${name}: one of the two has none on these ${count(rows)} rows.`;
  if (!figure.tested)
    return `${name}: not tested; ${after} has ${told(path, difference.estimate)} ${difference.estimate < 0 ? 'less' : 'more'}.`;
  if (figure.verdict === 'unclear') {
    const apart = `${after} and ${before} can’t be told apart on ${count(rows)} rows`;
    if (difference.estimate === 0) return `${name}: both have the same; ${apart}.`;
    if (figure.needed === null || figure.needed <= rows) return `${name}: ${apart}.`;
    return `${name}: ${apart}; about ${count(roundRows(figure.needed))} would be needed for a difference of ${told(path, difference.estimate)}.`;
  }
  const signed = (value: number) => told(path, value);
  const [near, far] =
    Math.abs(difference.lower) < Math.abs(difference.upper)
      ? [difference.lower, difference.upper]
      : [difference.upper, difference.lower];
  return `${name}: ${after} is ${figure.verdict} than ${before} by ${signed(difference.estimate)} (${Math.round(difference.confidence * 100)} % interval ${signed(near).replace(' points', '')} to ${signed(far)}), on the same ${count(rows)} rows.`;
}

/** All figures in one or two sentences. */
export function summarySentence(metrics: readonly ComparedFigure[], names: Names, rows: number): string {
  const [after, before] = [`v${names.candidate}`, `v${names.incumbent}`];
  const named = (verdict: ComparedFigure['verdict']) =>
    metrics.filter((one) => one.verdict === verdict).map((one) => lower(one.name));
  const [better, worse] = [named('better'), named('worse')];
  if (metrics.length === 0) return `Nothing of ${after} can be compared with ${before} on these rows.`;
  if (better.length === 0 && worse.length === 0) {
    const least = metrics.flatMap((one) => (one.needed !== null && one.needed > rows ? [one.needed] : []));
    const more = least.length > 0 ? ` About ${count(roundRows(Math.min(...least)))} would be needed for what was seen.` : '';
    return `${after} and ${before} can’t be told apart on ${count(rows)} rows.${more}`;
  }
  const parts = [better.length > 0 ? `better by ${list(better)}` : '', worse.length > 0 ? `worse by ${list(worse)}` : ''].filter(
    (part) => part !== '',
  );
  const rest = metrics.length - better.length - worse.length;
  return `${after} is ${parts.join(', and ')} than ${before}, on the same ${count(rows)} rows.${rest > 0 ? ` The other ${rest === 1 ? 'figure' : `${rest} figures`} can’t be told apart.` : ''}`;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 3);
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(' and ');
}

function lower(name: string): string {
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

function count(rows: number): string {
  return rows.toLocaleString('en');
}

/** How fast and how large, against the budgets of the brief where it has some. */
export function operationSentence({ candidate, incumbent, budgets, within }: Omit<OperationData, 'sentence'>): string {
  const single = candidate.timings.find(({ size }) => size === 1);
  if (!single) return `v${candidate.number} was not timed.`;
  const before = incumbent?.timings.find(({ size }) => size === 1);
  const beside = before && incumbent ? `, v${incumbent.number} ${ms(before.p50.estimate)}` : '';
  const main = `v${candidate.number} answers half of the single rows within ${ms(single.p50.estimate)}${beside}, and 99 of 100 within ${ms(single.p99.estimate)}.`;
  const latency =
    within.latency === null ? '' : ` The budget is ${ms(budgets.latencyP99Ms ?? 0)}: ${within.latency ? 'kept' : 'exceeded'}.`;
  const size = within.size === false ? ` It is larger than its budget.` : '';
  return `${main}${latency}${size}`;
}

function ms(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(1)} ms`;
}
