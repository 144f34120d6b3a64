/** The figures of the suite's own sections, as gates name them. */
import type { Fact, FactTable } from '../evidence/section.schema.ts';
import { isShare, metricPath } from '../metrics/paths.ts';
import type { Interval } from '../stats/interval.schema.ts';
import type { ComparisonData, OperationData, PerformanceData } from './sections.schema.ts';

/** Figures of all rows, of each class, of the other gold versions; and whether the rows were seen in training. */
export function performanceFacts(data: PerformanceData): Fact[] {
  const classes = data.classes.flatMap(({ name, precision, recall, f1, auc }) => [
    fact(metricPath('f1', name), f1),
    fact(metricPath('precision', name), precision),
    fact(metricPath('recall', name), recall),
    fact(metricPath('auc', name), auc),
  ]);
  const others = data.others.flatMap(({ gold, figures }) =>
    figures.map(({ path, interval }) =>
      fact(`${metricPath('gold', `${gold.dataset} v${gold.number}${gold.split ? ` ${gold.split}` : ''}`)}.${path}`, interval),
    ),
  );
  const known = data.overlaps.filter(({ rows }) => rows !== null);
  const overlap = known.reduce((most, { rows }) => Math.max(most, rows ?? 0), 0);
  return [
    ...data.figures.map(({ path, interval, unit }) => ({ ...fact(path, interval), ...(unit ? { unit } : {}) })),
    ...classes,
    ...others,
    count('overlap.rows', known.length > 0 ? overlap : null, data.rows),
    count('rows.judged', data.rows, data.rows),
    count('rows.failed', data.failedRows.length, data.rows),
  ];
}

/** `slices`: a row for each slice, `f1` being that of the class that matters or else the mean; `metrics`: a row for each figure. */
export function performanceTables(data: PerformanceData, positive: string | null): FactTable[] {
  const own = positive === null ? 'macro_f1' : metricPath('f1', positive);
  const slices = data.slices.map(({ kind, column, value, n, figures }) => {
    const cells = Object.entries(figures).map(([path, interval]): [string, number | null] => [path, interval?.estimate ?? null]);
    const f1 = figures[own] ?? figures.macro_f1;
    return { kind, column, value, n, ...Object.fromEntries(cells), ...(f1 === undefined ? {} : { f1: f1?.estimate ?? null }) };
  });
  const metrics = performanceFacts(data).map(({ path, estimate, lower, upper, n }) => ({
    metric: path,
    estimate,
    lower,
    upper,
    n,
  }));
  return [
    { name: 'slices', rows: slices },
    { name: 'metrics', rows: metrics },
  ];
}

/** `difference.<figure>` and the p-values of McNemar's test. */
export function comparisonFacts(data: ComparisonData): Fact[] {
  const { mcnemar } = data;
  return [
    ...data.metrics.map(({ path, difference }) => ({
      ...fact(`difference.${path}`, difference),
      unit: isShare(path) ? 'share' : null,
    })),
    ...(mcnemar ? [count('mcnemar.p', mcnemar.p, data.rows), count('mcnemar.mid_p', mcnemar.midP, data.rows)] : []),
  ];
}

/** `latency.p50|p95|p99` of single rows, `latency.batch32.p50` of batches, and `size.bytes`. */
export function operationFacts({ candidate }: OperationData): Fact[] {
  const times = candidate.timings.flatMap(({ size, runs, p50, p95, p99 }) => {
    const first = size === 1 ? 'latency' : `latency.batch${size}`;
    return Object.entries({ p50, p95, p99 }).map(
      ([name, { estimate, lower, upper }]): Fact => ({ path: `${first}.${name}`, estimate, lower, upper, n: runs, unit: 'ms' }),
    );
  });
  return [...times, { path: 'size.bytes', estimate: candidate.sizeBytes, lower: null, upper: null, n: null, unit: 'bytes' }];
}

function fact(path: string, interval: Interval | null): Fact {
  return {
    path,
    estimate: interval?.estimate ?? null,
    lower: interval?.lower ?? null,
    upper: interval?.upper ?? null,
    n: interval?.n ?? null,
    unit: isShare(path.split('.').at(0) === 'gold' ? (path.split('.').at(-1) ?? path) : path) ? 'share' : null,
  };
}

function count(path: string, estimate: number | null, n: number): Fact {
  return { path, estimate, lower: null, upper: null, n, unit: path.startsWith('mcnemar') ? null : 'count' };
}
