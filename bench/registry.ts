import { config } from '#server/config.ts';
import { sealRecord } from '#server/features/audit/chain.service.ts';
import { verifyChain } from '#server/features/audit/verification.service.ts';
import { searchVersions } from '#server/features/models/search.service.ts';
import { whatWas } from '#server/features/record/record.service.ts';
import { startDatabase } from './database-fixture.ts';
import { fillRecord, fillRegistry, METRICS, MODELS, type Registry } from './registry-fixture.ts';
import { paintedPage } from './registry-page.ts';
import { CASES, DRAWS, makeSuite, ROWS, SLICES } from './registry-suite.ts';
import { type BenchRow, spread } from './rows.ts';

const VERSIONS = 10_000;
const ENTRIES = 1_000_000;
const ASKED = 200;
const SUITES = 3;
const AIMS = { search: 300, whatWas: 50, chain: 20, suite: 20, page: 1_500 };

/**
 * The registry at the size that years make: what was in production at a moment, search, the check of the whole record, a
 * suite, and the reviewer's page of a demo that runs.
 */
export async function run(o: { versions?: number; entries?: number; asked?: number; suites?: number } = {}): Promise<BenchRow[]> {
  const size = { versions: VERSIONS, entries: ENTRIES, asked: ASKED, suites: SUITES, ...o };
  // The demo's folder, before the fixture takes one of its own.
  const dataDir = config.dataDir;
  const page = await attempt(() => paintedPage(dataDir));
  const fixture = await startDatabase();
  try {
    const registry = await fillRegistry(size.versions);
    const name = `${size.versions} versions with ${METRICS} metrics each`;
    return [
      ...(await standing(registry, name, size.asked)),
      ...(await search(registry, name, size.asked)),
      ...(await suite(registry, size.suites)),
      ...(await record(registry, size.entries)),
      pageRow(page),
    ];
  } finally {
    await fixture.stop();
  }
}

async function standing({ scope, from, to }: Registry, name: string, asked: number): Promise<BenchRow[]> {
  const one: number[] = [];
  const all: number[] = [];
  const span = to.getTime() - from.getTime();
  let found = 0;
  for (let i = 0; i < asked; i++) {
    const at = new Date(from.getTime() + span * (0.05 + (0.95 * ((i * 37) % asked)) / asked));
    one.push(
      await timed(
        async () => void (await whatWas(scope, { at, model: `model-${(i % MODELS) + 1}`, stage: 'production', limit: 200 }, to)),
      ),
    );
    all.push(
      await timed(async () => {
        found += (await whatWas(scope, { at, stage: 'production', limit: 200 }, to)).standings.length;
      }),
    );
  }
  const words = (values: number[]) => `p50 ${at(values, 0.5).toFixed(1)}, ${asked} moments, ${name}`;
  return [
    aim(
      `what was in production at T, all models, p95`,
      at(all, 0.95),
      'ms',
      AIMS.whatWas,
      `${words(all)}; ${Math.round(found / asked)} answers each`,
    ),
    aim(`what was in production at T, one model, p95`, at(one, 0.95), 'ms', AIMS.whatWas, words(one)),
  ];
}

/** Conditions as people write them: one figure, several, names, times, none of it rare or common only. */
const CONDITIONS = [
  (i: number) => `metrics.metric_${(i % METRICS) + 1} > 0.95`,
  (i: number) =>
    `metrics.metric_${(i % METRICS) + 1} > 0.5 and metrics.metric_${((i * 7) % METRICS) + 1} < 0.3 and stage = 'production'`,
  (i: number) =>
    `metrics.metric_${(i % METRICS) + 1} > 0.2 and metrics.metric_${((i * 3) % METRICS) + 1} > 0.2 and metrics.metric_${((i * 5) % METRICS) + 1} > 0.2`,
  (i: number) => `model = 'model-${(i % MODELS) + 1}' and not metrics.metric_${(i % METRICS) + 1} < 0.1`,
  (i: number) =>
    `model like 'model-1%' and (metrics.metric_${(i % METRICS) + 1} > 0.9 or metrics.metric_${((i * 11) % METRICS) + 1} > 0.9)`,
  (i: number) => `metrics.metric_${(i % METRICS) + 1} is null or stage = 'archived'`,
  () => '',
];

async function search({ scope }: Registry, name: string, asked: number): Promise<BenchRow[]> {
  const times: number[] = [];
  const slowest = { ms: 0, query: '' };
  let found = 0;
  for (let i = 0; i < asked; i++) {
    const query = CONDITIONS[i % CONDITIONS.length]?.(i) ?? '';
    const ms = await timed(async () => {
      const { errors, total } = await searchVersions(scope, { query, limit: 50 });
      if (errors.length > 0) throw new Error(`${query}: ${errors[0]?.message}`);
      found += total;
    });
    times.push(ms);
    if (ms > slowest.ms) Object.assign(slowest, { ms, query });
  }
  const words = `p50 ${at(times, 0.5).toFixed(1)}; ${Math.round(found / asked)} found each; slowest ${Math.round(slowest.ms)}: ${slowest.query}; ${name}`;
  return [aim('registry search, p95', at(times, 0.95), 'ms', AIMS.search, words)];
}

async function suite({ scope }: Registry, times: number): Promise<BenchRow[]> {
  const metric = `suite: ${ROWS} rows, ${SLICES} slices, ${DRAWS} draws, ${CASES} behavioural cases`;
  const measured = await attempt(async () => {
    const made = await makeSuite(scope);
    try {
      const runs = [];
      for (let i = 0; i < times; i++) runs.push(await made.run());
      return runs;
    } finally {
      await made.stop();
    }
  });
  if (typeof measured === 'string') return [notMeasured(metric, 's', AIMS.suite, measured)];
  const seconds = spread(measured.map((one) => one.seconds));
  const first = measured[0];
  const words = `${seconds.low.toFixed(1)} to ${seconds.high.toFixed(1)} over ${times}; ${first?.slices} slices, ${first?.cases} cases; ${first?.sections.join(', ')}`;
  return [aim(metric, seconds.median, 's', AIMS.suite, words)];
}

async function record({ scope }: Registry, entries: number): Promise<BenchRow[]> {
  await fillRecord(scope, entries);
  const sealing = await timed(async () => void (await sealRecord()));
  let intact = false;
  let links = 0;
  const checking = await timed(async () => {
    const result = await verifyChain();
    intact = result.problemCount === 0;
    links = result.entries;
  });
  if (!intact) throw new Error('The chain of the fixture is not intact.');
  return [
    aim(`check of a chain of ${entries} entries`, checking / 1000, 's', AIMS.chain, `${links} links, intact`),
    plain(`sealing ${entries} entries`, sealing / 1000, 's', `${Math.round(entries / (sealing / 1000))} a second`),
  ];
}

function pageRow(page: number[] | string): BenchRow {
  const metric = 'the reviewer’s page, painted';
  if (typeof page === 'string') return notMeasured(metric, 'ms', AIMS.page, page);
  const { median, low, high } = spread(page);
  return aim(metric, median, 'ms', AIMS.page, `${Math.round(low)} to ${Math.round(high)} over ${page.length}`);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** What `work` gives, or why it could not. */
async function attempt<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The value below which this share of the values lies (nearest rank). */
function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function plain(metric: string, value: number, unit: string, reference: string): BenchRow {
  return { metric, value: Number(value.toPrecision(4)), unit, reference, ratio: null, aim: null, ok: null };
}

function aim(metric: string, value: number, unit: string, most: number, reference: string): BenchRow {
  return { ...plain(metric, value, unit, reference), aim: `at most ${most} ${unit}`, ok: value <= most };
}

function notMeasured(metric: string, unit: string, most: number, reason: string): BenchRow {
  return {
    metric,
    value: null,
    unit,
    reference: `not measured: ${reason}`,
    ratio: null,
    aim: `at most ${most} ${unit}`,
    ok: null,
  };
}
