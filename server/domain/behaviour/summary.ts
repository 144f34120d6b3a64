/** Pass rates of tests with Wilson intervals, and what gates can name of them. */
import type { Fact, FactTable } from '../evidence/section.schema.ts';
import type { Interval } from '../stats/interval.schema.ts';
import { wilsonInterval } from '../stats/proportions.ts';
import type { BehaviourData, TestGroup } from './section.schema.ts';
import { nameOfTest, type RunnableTest, type TestKind, type TestResult } from './test.schema.ts';

type Judged = { test: RunnableTest; result: TestResult; incumbent: TestResult | null };

const KINDS = ['minimum', 'invariance', 'directional'] as const satisfies readonly TestKind[];

/** All of a run: rows as they were, groups by name and kind, pass rates. Rows that couldn't be asked count in no rate. */
export function summarize(
  tests: readonly RunnableTest[],
  results: readonly TestResult[],
  o: { seed: number; candidate: number; incumbent: { number: number; results: readonly TestResult[] } | null },
): BehaviourData {
  const byId = new Map(o.incumbent?.results.map((result) => [result.id, result]) ?? []);
  const judged = tests.flatMap((test, index): Judged[] => {
    const result = results[index];
    return result ? [{ test, result, incumbent: byId.get(test.id) ?? null }] : [];
  });
  const asked = judged.filter(({ result }) => result.status !== 'invalid');
  const behavioural = asked.filter(({ test }) => test.kind !== 'regression');
  const blocking = asked.filter(({ test }) => test.severity === 'blocking');
  const regressions = asked.filter(({ test }) => test.kind === 'regression');
  return {
    seed: o.seed,
    candidate: o.candidate,
    incumbent: o.incumbent?.number ?? null,
    overall: rateOf(behavioural),
    blocking: { n: blocking.length, failed: failedOf(blocking) },
    byKind: KINDS.flatMap((kind) => {
      const rows = behavioural.filter(({ test }) => test.kind === kind);
      return rows.length === 0 ? [] : [{ kind, n: rows.length, failed: failedOf(rows), rate: rateOf(rows) }];
    }),
    groups: [...Map.groupBy(asked, ({ test }) => `${test.kind} ${nameOfTest(test)}`).values()].map(groupOf),
    regressions: { n: regressions.length, failed: failedOf(regressions) },
    rows: judged.map(({ test, result, incumbent }) => ({ ...test, result, incumbent: incumbent?.status ?? null })),
  };
}

/** `behaviour.pass_rate`, `behaviour.<kind>.pass_rate`, `behaviour.test."name".pass_rate`, `behaviour.blocking.failed`, `regressions.failed`. */
export function behaviourFacts(data: BehaviourData): Fact[] {
  const named = Map.groupBy(
    data.groups.filter((group) => group.kind !== 'regression'),
    (group) => group.name,
  );
  return [
    ...(data.overall ? [rateFact('behaviour.pass_rate', data.overall)] : []),
    ...data.byKind.flatMap(({ kind, rate }) => (rate ? [rateFact(`behaviour.${kind}.pass_rate`, rate)] : [])),
    ...[...named].flatMap(([name, groups]) => {
      const n = groups.reduce((sum, group) => sum + group.n, 0);
      const rate = wilsonInterval({ successes: n - groups.reduce((sum, group) => sum + group.failed, 0), n });
      return rate ? [rateFact(`behaviour.test."${name}".pass_rate`, rate)] : [];
    }),
    countFact('behaviour.blocking.failed', data.blocking.failed, data.blocking.n),
    countFact('regressions.failed', data.regressions.failed, data.regressions.n),
  ];
}

/** Table `behaviour` for gates: `behaviour.max(failed, kind = 'invariance') = 0`. */
export function behaviourTable(data: BehaviourData): FactTable {
  return {
    name: 'behaviour',
    rows: data.groups.map(({ name, capability, kind, severity, n, failed, rate, incumbentFailed }) => ({
      name,
      capability,
      kind,
      severity,
      n,
      failed,
      pass_rate: rate?.estimate ?? null,
      incumbent_failed: incumbentFailed,
    })),
  };
}

export function rateFact(path: string, rate: Interval): Fact {
  return { path, estimate: rate.estimate, lower: rate.lower, upper: rate.upper, n: rate.n, unit: 'share' };
}

function countFact(path: string, count: number, n: number): Fact {
  return { path, estimate: count, lower: null, upper: null, n, unit: 'count' };
}

function groupOf(rows: Judged[]): TestGroup {
  const [first] = rows as [Judged];
  const before = rows.filter(({ incumbent }) => incumbent !== null && incumbent.status !== 'invalid');
  return {
    name: nameOfTest(first.test),
    capability: first.test.capability,
    kind: first.test.kind,
    severity: rows.some(({ test }) => test.severity === 'blocking') ? 'blocking' : 'advisory',
    n: rows.length,
    failed: failedOf(rows),
    rate: rateOf(rows),
    incumbentFailed: before.length === 0 ? null : before.filter(({ incumbent }) => incumbent?.status !== 'passed').length,
  };
}

function failedOf(rows: readonly Judged[]): number {
  return rows.filter(({ result }) => result.status !== 'passed').length;
}

function rateOf(rows: readonly Judged[]): Interval | null {
  return wilsonInterval({ successes: rows.length - failedOf(rows), n: rows.length });
}
