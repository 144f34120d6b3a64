import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TARGETS } from '../e2e/world/run-info.ts';
import { ALL_KILLS, type Plan, sabotage } from '../e2e/world/saboteur.ts';
import { startDemo, untilEnd } from '../e2e/world/stack.ts';
import type { Kill, Report, Step } from '../e2e/world/world.ts';
import type { BenchRow } from './rows.ts';

const STORY_MS = 20 * 60_000;

/** What a step found that may not depend on when a process died: what was made, chosen, decided and logged. */
const OUTCOMES = [
  'rows',
  'quarantined',
  'labels',
  'answered',
  'trials',
  'best F1',
  'version',
  'outcome',
  'served',
  'logged',
  'failed',
];

type Played = { report: Report; kills: Kill[]; seconds: number };

/**
 * The whole story twice on the same machine: left alone, and with inference workers, database connections and the worker
 * killed in every training and every replay. Both must come out the same.
 */
export async function run(): Promise<BenchRow[]> {
  const calm = await play([]);
  const rough = await play(ALL_KILLS);
  const row = (metric: string, value: number, unit: string, rest: Partial<BenchRow> = {}): BenchRow => ({
    metric,
    value,
    unit,
    reference: null,
    ratio: null,
    aim: null,
    ok: null,
    ...rest,
  });
  const bad = rough.report.steps.filter((step) => !step.ok);
  const differing = differences(calm.report.steps, rough.report.steps);
  const figures = rough.report.steps.at(-1)?.figures ?? {};
  const failed = Number(figures.failed ?? Number.NaN);
  // The log also holds the two requests with which both protocols are tried.
  const lost = Math.max(0, Number(figures.served) - Number(figures.logged));
  return [
    ...TARGETS.map((target) => {
      const kills = rough.kills.filter((kill) => kill.what === target);
      return row(`kills: ${target}`, kills.length, 'kills', {
        reference: kills.map((kill) => `${kill.at.toFixed(0)} s`).join(', '),
      });
    }),
    row('steps that did not do what they say', bad.length, 'steps', {
      reference: bad[0]?.error ?? `${rough.report.steps.length} steps`,
      aim: 'none',
      ok: rough.report.ok && bad.length === 0,
    }),
    row('outcomes that differ from those of the calm story', differing.length, 'figures', {
      reference: differing.slice(0, 3).join('; ') || 'all the same',
      aim: 'none',
      ok: differing.length === 0,
    }),
    measured(row, 'requests that failed', failed, 'requests'),
    measured(row, 'mails without their one line in the log', lost, 'mails'),
    row('the story with kills', Math.round(rough.seconds), 's', {
      reference: `${Math.round(calm.seconds)} s without`,
      ratio: Number((rough.seconds / calm.seconds).toFixed(2)),
    }),
  ];
}

type MakeRow = (metric: string, value: number, unit: string, rest?: Partial<BenchRow>) => BenchRow;

/** A count that should be zero, and is only known when the story came to its end. */
function measured(row: MakeRow, metric: string, value: number, unit: string): BenchRow {
  if (Number.isFinite(value)) return row(metric, value, unit, { aim: 'none', ok: value === 0 });
  return {
    ...row(metric, 0, unit, { reference: 'the story stopped before it was counted', aim: 'none', ok: false }),
    value: null,
  };
}

async function play(plans: Plan[]): Promise<Played> {
  const data = mkdtempSync(join(tmpdir(), 'stagecraft-faults-'));
  const file = join(data, 'report.json');
  const stack = startDemo({ data, args: ['--exit', '--report', file], logFile: join(data, 'story.log') });
  stack.onLine((line) => console.log(line));
  const began = Date.now();
  try {
    const kills = sabotage(stack, data, plans);
    await untilEnd(stack, STORY_MS);
    return { report: JSON.parse(readFileSync(file, 'utf8')) as Report, kills, seconds: (Date.now() - began) / 1000 };
  } finally {
    await stack.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

function differences(calm: readonly Step[], rough: readonly Step[]): string[] {
  return calm.flatMap((step, i) =>
    OUTCOMES.filter((key) => step.figures[key] !== rough[i]?.figures[key]).map(
      (key) => `${step.name}, ${key}: ${String(step.figures[key])} and ${String(rough[i]?.figures[key])}`,
    ),
  );
}
