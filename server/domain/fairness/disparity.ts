/**
 * How far groups lie apart: the largest difference (or smallest ratio) of a rate between any two groups, as Fairlearn's
 * MetricFrame.difference(method='between_groups') and .ratio(method='between_groups'). Intervals: percentile bootstrap over
 * rows. A largest difference is never below 0, so its interval alone can't show "nothing": beside it stands what chance alone
 * would give, the 95 % quantile when rows are dealt to groups at random (a permutation test; for error rates within rows of
 * the same truth, for precision within rows of the same answer).
 */
import type { Random } from '../random.ts';
import { bootstrapIntervals, type Statistic } from '../stats/bootstrap.ts';
import type { Interval } from '../stats/interval.schema.ts';
import type { Definition } from './definitions.ts';
import { type Groups, OTHERS } from './groups.ts';
import { countCells, type Rate, shareOf } from './rates.ts';

/** `chance`: what 19 of 20 random divisions stay within. `worst` and `best` are the groups at the ends. */
export type Disparity = {
  definition: Definition;
  interval: Interval | null;
  chance: number | null;
  low: string | null;
  high: string | null;
  groups: number;
};

type Part = { rate: Rate; kind: 'difference' | 'ratio' };
type Plan = { parts: Part[]; strata: 'all' | 'truth' | 'answer' };

const PLANS: Partial<Record<Definition, Plan>> = {
  demographic_parity: { parts: [{ rate: 'selection_rate', kind: 'difference' }], strata: 'all' },
  demographic_parity_ratio: { parts: [{ rate: 'selection_rate', kind: 'ratio' }], strata: 'all' },
  equal_opportunity: { parts: [{ rate: 'tpr', kind: 'difference' }], strata: 'truth' },
  equalized_odds: {
    parts: [
      { rate: 'tpr', kind: 'difference' },
      { rate: 'fpr', kind: 'difference' },
    ],
    strata: 'truth',
  },
  equalized_odds_ratio: {
    parts: [
      { rate: 'tpr', kind: 'ratio' },
      { rate: 'fpr', kind: 'ratio' },
    ],
    strata: 'truth',
  },
  predictive_parity: { parts: [{ rate: 'precision', kind: 'difference' }], strata: 'answer' },
  accuracy: { parts: [{ rate: 'accuracy', kind: 'difference' }], strata: 'all' },
};

const PERMUTATIONS = 200;

/**
 * The disparities that follow from counts, in the order of PLANS.
 * @param minimum groups in which a rate rests on fewer rows are not judged by it
 */
export function disparities(groups: Groups, cells: Int32Array, o: { minimum: number; random: Random }): Disparity[] {
  const counts = countCells(cells, groups.names.length);
  const plans = Object.entries(PLANS) as [Definition, Plan][];
  const statistics = plans.map(([, plan]) => statisticOf(plan, judgedGroups(plan, counts, groups, o.minimum)));
  const intervals = bootstrapIntervals(cells, { cellCount: counts.length, statistics, random: o.random });
  const chances = chanceOf(
    cells,
    plans.map(([, plan], i) => ({ plan, statistic: statistics[i] ?? (() => null) })),
    o.random,
  );
  return plans.map(([definition, plan], i) => {
    const judged = judgedGroups(plan, counts, groups, o.minimum);
    const estimate = statistics[i]?.(counts) ?? null;
    const ends = endsOf(plan, counts, judged);
    return {
      definition,
      interval: intervals[i] ?? (estimate === null ? null : bare(estimate, cells.length)),
      chance: estimate === null ? null : (chances[i] ?? null),
      low: ends ? (groups.names[ends.low] ?? null) : null,
      high: ends ? (groups.names[ends.high] ?? null) : null,
      groups: Math.min(...judged.map((one) => one.length)),
    };
  });
}

/** An estimate whose resamples are too often undefined: its interval is the whole range. */
function bare(estimate: number, n: number): Interval {
  return { estimate, lower: 0, upper: 1, confidence: 0.95, method: 'too few rows for a bootstrap: the whole range', n };
}

/** For each part of the plan, the groups that have enough rows for its rate; the tail of small values is no group. */
function judgedGroups(plan: Plan, counts: Float64Array, groups: Groups, minimum: number): number[][] {
  return plan.parts.map(({ rate }) =>
    groups.names.flatMap((name, group) =>
      name !== OTHERS && shareOf(rate, counts, group).whole >= Math.max(1, minimum) ? [group] : [],
    ),
  );
}

function statisticOf(plan: Plan, judged: number[][]): Statistic {
  return (counts) => {
    const values: number[] = [];
    for (const [i, part] of plan.parts.entries()) {
      const value = spread(part, counts, judged[i] ?? []);
      if (value === null) return null;
      values.push(value);
    }
    return plan.parts[0]?.kind === 'ratio' ? Math.min(...values) : Math.max(...values);
  };
}

function spread({ rate, kind }: Part, counts: ArrayLike<number>, groups: readonly number[]): number | null {
  if (groups.length < 2) return null;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const group of groups) {
    const { part, whole } = shareOf(rate, counts, group);
    if (whole === 0) return null;
    low = Math.min(low, part / whole);
    high = Math.max(high, part / whole);
  }
  if (kind === 'difference') return high - low;
  return high === 0 ? null : low / high;
}

/** The groups at the two ends of the part that decides. */
function endsOf(plan: Plan, counts: Float64Array, judged: number[][]): { low: number; high: number } | null {
  const better = plan.parts[0]?.kind === 'ratio' ? -1 : 1;
  let decided: { low: number; high: number; weight: number } | null = null;
  for (const [i, part] of plan.parts.entries()) {
    const value = spread(part, counts, judged[i] ?? []);
    if (value === null) return null;
    if (decided && better * value <= decided.weight) continue;
    const ranked = [...(judged[i] ?? [])].sort((x, y) => rateOf(part.rate, counts, x) - rateOf(part.rate, counts, y));
    decided = { low: ranked[0] ?? 0, high: ranked.at(-1) ?? 0, weight: better * value };
  }
  return decided;
}

function rateOf(rate: Rate, counts: Float64Array, group: number): number {
  const { part, whole } = shareOf(rate, counts, group);
  return part / whole;
}

function chanceOf(cells: Int32Array, wanted: { plan: Plan; statistic: Statistic }[], random: Random): (number | null)[] {
  const drawn = wanted.map(() => [] as number[]);
  const size = Math.max(0, ...cells) + 1;
  const counts = new Float64Array(Math.ceil(size / 4) * 4);
  for (const strata of ['all', 'truth', 'answer'] as const) {
    if (!wanted.some(({ plan }) => plan.strata === strata)) continue;
    const rows = [...Map.groupBy(cells.keys(), (row) => stratum(strata, cells[row] ?? 0)).values()].map((list) =>
      Int32Array.from(list),
    );
    for (let round = 0; round < PERMUTATIONS; round += 1) {
      counts.fill(0);
      for (const list of rows) {
        const groups = Int32Array.from(list, (row) => (cells[row] ?? 0) >> 2);
        shuffle(groups, random);
        for (let i = 0; i < list.length; i += 1) {
          const cell = (groups[i] ?? 0) * 4 + ((cells[list[i] ?? 0] ?? 0) & 3);
          counts[cell] = (counts[cell] ?? 0) + 1;
        }
      }
      wanted.forEach(({ plan, statistic }, i) => {
        const value = plan.strata === strata ? statistic(counts) : null;
        if (value !== null) drawn[i]?.push(value);
      });
    }
  }
  return wanted.map(({ plan }, i) => {
    const values = (drawn[i] ?? []).sort((x, y) => x - y);
    if (values.length < PERMUTATIONS / 2) return null;
    const share = plan.parts[0]?.kind === 'ratio' ? 0.05 : 0.95;
    return values[Math.round(share * (values.length - 1))] ?? null;
  });
}

function stratum(strata: Plan['strata'], cell: number): number {
  if (strata === 'truth') return (cell >> 1) & 1;
  return strata === 'answer' ? cell & 1 : 0;
}

function shuffle(values: Int32Array, random: Random): void {
  for (let i = values.length - 1; i > 0; i -= 1) {
    const j = random.int(i + 1);
    const held = values[i] ?? 0;
    values[i] = values[j] ?? 0;
    values[j] = held;
  }
}
