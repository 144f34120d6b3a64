import { setTimeout as sleep } from 'node:timers/promises';
import { killNow, pidsOf, type Target } from './run-info.ts';
import type { Stack } from './stack.ts';
import type { Kill } from './world.ts';

/** A kill: of what, in which step of the story, at which line that the step prints. */
export type Plan = {
  target: Target;
  /** The step's name begins so. */
  step: string;
  line: RegExp;
  /** Milliseconds after that line. */
  delays: number[];
};

const TRAINING = /^· training \d+ run/;
const REPLAYING = /^· replaying \d+ mails/;

/** One kill of each kind, each where it hurts most. */
export const THREE_KILLS: Plan[] = [
  { target: 'worker', step: 'Experiments', line: TRAINING, delays: [900] },
  { target: 'inference worker', step: 'Canary: version 2', line: REPLAYING, delays: [15] },
  { target: 'database connection', step: 'Canary: version 3', line: REPLAYING, delays: [60] },
];

const CANARIES = ['Canary: version 2', 'Canary: version 3', 'Again: version 4, with'];

/** Every kind of kill in every training and in every replay, some of them again and again. */
export const ALL_KILLS: Plan[] = [
  { target: 'worker', step: 'Experiments', line: TRAINING, delays: [2_000, 9_000] },
  ...CANARIES.flatMap((step): Plan[] => [
    { target: 'worker', step, line: TRAINING, delays: [1_500] },
    { target: 'inference worker', step, line: REPLAYING, delays: [20, 700, 1_500, 3_000] },
    { target: 'database connection', step, line: REPLAYING, delays: [2_200] },
    { target: 'worker', step, line: REPLAYING, delays: [5_500] },
  ]),
];

/**
 * Watches the story and kills by plan.
 * @returns the kills so far, in their order; it grows while the story is played
 */
export function sabotage(stack: Stack, data: string, plans: readonly Plan[]): Kill[] {
  const kills: Kill[] = [];
  const began = Date.now();
  let step = '';
  stack.onLine((line) => {
    const name = /^· (.+) …$/.exec(line)?.[1];
    if (name) step = name;
    for (const plan of plans) {
      if (!step.startsWith(plan.step) || !plan.line.test(line)) continue;
      for (const delay of plan.delays) void strike(plan.target, delay);
    }
  });
  async function strike(target: Target, delay: number): Promise<void> {
    const during = step;
    await sleep(delay);
    if (step !== during) return;
    const pids = pidsOf(data, target);
    // One connection is enough: PostgreSQL breaks all others itself when one of its processes is killed.
    const killed = killNow(target === 'database connection' ? pids.slice(0, 1) : pids);
    if (killed.length) kills.push({ what: target, pids: killed, during, at: (Date.now() - began) / 1000 });
  }
  return kills;
}
