/** Where two histograms of a subject differ most, in words that need no statistics. Pure: bins and counts in, a clause out. */
import { type Bins, binNames } from './histogram.ts';

type Difference = { what: string; now: number; trained: number };

/**
 * "length of body at 812 or more in 74 of 100 requests, in training in 50 of 100": for numbers the edge at which the cumulative
 * shares are furthest apart (the point that the Kolmogorov-Smirnov statistic takes), for categories the value that moved most,
 * missing values among both. Null when one side has no rows.
 */
export function movedInWords(
  subject: { title: string; unit?: string; bins: Bins; counts: readonly number[] },
  counts: readonly number[],
): string | null {
  const { title, bins, unit = '' } = subject;
  const [p, q] = [shares(subject.counts), shares(counts)];
  if (!p || !q) return null;
  const most = [
    ...(bins.kind === 'number' ? atEdges(bins.edges, unit.startsWith('share') ? percent : short, p, q) : []),
    ...atBins(bins, p, q),
  ].sort((a, b) => distance(b) - distance(a))[0];
  return most
    ? `${title} ${most.what} in ${hundred(most.now)} of 100 requests, in training in ${hundred(most.trained)} of 100`
    : null;
}

function atEdges(
  edges: readonly number[],
  format: (edge: number) => string,
  p: readonly number[],
  q: readonly number[],
): Difference[] {
  return edges.map((edge, i) => {
    const [trained, now] = [sum(p.slice(i + 1, -1)), sum(q.slice(i + 1, -1))];
    return now >= trained
      ? { what: `at ${format(edge)} or more`, now, trained }
      : { what: `under ${format(edge)}`, now: sum(q.slice(0, i + 1)), trained: sum(p.slice(0, i + 1)) };
  });
}

/** For numbers only the last bin, the missing values; for categories every bin. */
function atBins(bins: Bins, p: readonly number[], q: readonly number[]): Difference[] {
  const names = binNames(bins);
  return names.flatMap((name, i) => {
    const missing = i === names.length - 1;
    if (bins.kind === 'number' && !missing) return [];
    const other = bins.kind === 'category' && i === names.length - 2;
    const what = missing ? 'missing' : other ? 'one that is rare in training' : `“${name}”`;
    return [{ what, now: q[i] ?? 0, trained: p[i] ?? 0 }];
  });
}

function distance({ now, trained }: Difference): number {
  return Math.abs(now - trained);
}

function shares(counts: readonly number[]): number[] | null {
  const total = sum(counts);
  return total > 0 ? counts.map((count) => count / total) : null;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function hundred(share: number): string {
  return String(Math.round(share * 100));
}

function short(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
