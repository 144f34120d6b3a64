import { fork } from 'node:child_process';
import { join } from 'node:path';
import autocannon, { type Result } from 'autocannon';
import { type Fixture, message, startFixture, WORDS } from './gateway-fixture.ts';
import { type BenchRow, spread } from './rows.ts';

const ROUNDS = 5;
const SECONDS = 3;
const MANY = 64;
const SHIPPING_MS = 120_000;
const AIM_SHARE = 0.3;
const AIM_ADDED_MS = 1.5;

type Load = { perSecond: number[]; p50: number[]; p99: number[]; failed: number; answered: number };
type Loop = { p50: number; p99: number; perSecond: number };

/**
 * The text classifier behind the gateway, prediction log on, at 1 and 64 connections, next to a Fastify route that only
 * echoes and to `session.run` in a loop. All take turns, with the same client, on the same machine.
 */
export async function run(o: { rounds?: number; seconds?: number } = {}): Promise<BenchRow[]> {
  const rounds = o.rounds ?? ROUNDS;
  const seconds = o.seconds ?? SECONDS;
  const fixture = await startFixture();
  const echo = fork(join(import.meta.dirname, 'echo-server.ts'));
  const session = fork(join(import.meta.dirname, 'session-loop.ts'), [fixture.modelPath]);
  try {
    const [{ url }] = (await Promise.all([message(echo, 'ready'), message(session, 'ready')])) as [{ url: string }, unknown];
    const targets = {
      echo: { url: `${url}/echo`, headers: {} },
      gateway: { url: `${fixture.origin}/v1/predict/spam-filter`, headers: { authorization: `Bearer ${fixture.token}` } },
    };
    const loads = { echo1: emptyLoad(), echo64: emptyLoad(), gateway1: emptyLoad(), gateway64: emptyLoad() };
    const loops: Loop[] = [];
    await load(targets.echo, fixture, MANY, 1);
    const warm = emptyLoad();
    add(warm, await load(targets.gateway, fixture, MANY, 2));
    for (let round = 0; round < rounds; round++) {
      add(loads.echo1, await load(targets.echo, fixture, 1, seconds));
      add(loads.gateway1, await load(targets.gateway, fixture, 1, seconds));
      const measured = message(session, 'measured');
      session.send({ texts: fixture.texts, seconds });
      loops.push((await measured) as Loop);
      add(loads.echo64, await load(targets.echo, fixture, MANY, seconds));
      add(loads.gateway64, await load(targets.gateway, fixture, MANY, seconds));
    }
    const answered = warm.answered + loads.gateway1.answered + loads.gateway64.answered;
    return rowsOf(loads, loops, { answered, stored: await storedAtLast(fixture, answered) });
  } finally {
    echo.disconnect();
    session.disconnect();
    await fixture.stop();
  }
}

async function load(
  target: { url: string; headers: Record<string, string> },
  fixture: Fixture,
  connections: number,
  seconds: number,
) {
  const headers = { ...target.headers, 'content-type': 'application/json' };
  return autocannon({
    url: target.url,
    connections,
    duration: seconds,
    requests: fixture.texts.map((body) => ({ method: 'POST', headers, body: JSON.stringify({ instance: { body } }) })),
  });
}

const emptyLoad = (): Load => ({ perSecond: [], p50: [], p99: [], failed: 0, answered: 0 });

/** Rows in the database once the log has been shipped. */
async function storedAtLast(fixture: Fixture, answered: number): Promise<number> {
  const until = performance.now() + SHIPPING_MS;
  for (;;) {
    const stored = await fixture.logged();
    if (performance.now() > until || stored >= answered) return stored;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Latency from the count of answers where the client's own figures are whole milliseconds only. */
function add(into: Load, result: Result): void {
  into.perSecond.push(result.requests.total / result.duration);
  into.p50.push(result.latency.p50);
  into.p99.push(result.latency.p99);
  into.failed += result.errors + result.timeouts + result.non2xx;
  into.answered += result['2xx'];
}

function rowsOf(
  loads: Record<'echo1' | 'echo64' | 'gateway1' | 'gateway64', Load>,
  loops: Loop[],
  log: { answered: number; stored: number },
): BenchRow[] {
  const { echo1, echo64, gateway1, gateway64 } = loads;
  const share = spread(gateway64.perSecond).median / spread(echo64.perSecond).median;
  const loopP50 = spread(loops.map((loop) => loop.p50));
  // One caller, one request at a time: the time of one is 1 / rate, and finer than the client's whole milliseconds.
  const single = spread(gateway1.perSecond.map((rate) => 1000 / rate));
  const added = single.median - loopP50.median;
  const failed = gateway1.failed + gateway64.failed;
  const row = (metric: string, value: number, unit: string, rest: Partial<BenchRow> = {}): BenchRow => ({
    metric,
    value: Number(value.toPrecision(4)),
    unit,
    reference: null,
    ratio: null,
    aim: null,
    ok: null,
    ...rest,
  });
  const range = (values: number[]) => `${Math.round(spread(values).low)} to ${Math.round(spread(values).high)} over the rounds`;
  return [
    row(`echo, 64 connections`, spread(echo64.perSecond).median, 'requests/s', { reference: range(echo64.perSecond) }),
    row(`gateway, 64 connections, ${WORDS} words, log on`, spread(gateway64.perSecond).median, 'requests/s', {
      reference: `echo ${Math.round(spread(echo64.perSecond).median)}; ${range(gateway64.perSecond)}`,
      ratio: Number(share.toFixed(3)),
      aim: `at least ${AIM_SHARE.toFixed(2)} of the echo`,
      ok: share >= AIM_SHARE,
    }),
    row('gateway, 64 connections, p50', spread(gateway64.p50).median, 'ms', { reference: `echo ${spread(echo64.p50).median}` }),
    row('gateway, 64 connections, p99', spread(gateway64.p99).median, 'ms', { reference: `echo ${spread(echo64.p99).median}` }),
    row('echo, 1 connection', spread(echo1.perSecond).median, 'requests/s', { reference: range(echo1.perSecond) }),
    row('gateway, 1 connection', spread(gateway1.perSecond).median, 'requests/s', { reference: range(gateway1.perSecond) }),
    row('session.run in a loop, p50', loopP50.median, 'ms', {
      reference: `p99 ${spread(loops.map((loop) => loop.p99)).median.toFixed(3)}`,
    }),
    row('gateway, 1 connection, time of one request', single.median, 'ms', {
      reference: `session.run ${loopP50.median.toFixed(3)}; client's p50 ${spread(gateway1.p50).median}, p99 ${spread(gateway1.p99).median}`,
      ratio: Number((single.median / loopP50.median).toFixed(2)),
      aim: `at most ${AIM_ADDED_MS} ms above session.run`,
      ok: added <= AIM_ADDED_MS,
    }),
    row('requests that failed', failed, 'requests', { aim: 'none', ok: failed === 0 }),
    row('answers that are not in the log', Math.max(0, log.answered - log.stored), 'requests', {
      reference: `${log.answered} answered, ${log.stored} stored`,
      aim: 'none',
      ok: log.stored >= log.answered,
    }),
  ];
}
