/**
 * How often the rule errs: canaries of known accuracy are rolled out on simulated traffic, judged every ten requests. What
 * is printed here is what one may promise of the default plan; the bounds leave room for the noise of 300 rollouts.
 */
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../random.ts';
import { type ArmStats, judgeStep, type Verdict } from './judge.ts';
import type { RolloutPlan } from './plan.schema.ts';

const REQUESTS_BETWEEN_LOOKS = 10;
const ROLLOUTS = 300;

type Ending = 'rolled back' | 'completed' | 'open';
type Case = { baseline: number; candidate: number };

const plan = (minimum: [number, number, number], accuracy: number): RolloutPlan => ({
  steps: [0.1, 0.5, 1].map((weight, i) => ({
    weight,
    minRequests: minimum[i] ?? 0,
    minOutcomes: minimum[i] ?? 0,
    holdSeconds: 0,
  })),
  limits: { errorRate: 0.02, latencyMs: 50, accuracy },
});
const DEFAULT = plan([50, 150, 150], 0.05);
/** For little traffic, as in a replay of a few hundred mails. */
const SHORT = plan([15, 40, 40], 0.05);

const nothing = (): ArmStats => ({
  requests: 0,
  errors: 0,
  outcomes: 0,
  correct: 0,
  latency: { n: 500, estimate: 5, lower: 4, upper: 6 },
});

function rollOut(rollout: RolloutPlan, truth: Case, requests: number, random: Random): Ending {
  let stepIndex = 0;
  let [baseline, candidate, earlier] = [nothing(), nothing(), nothing()];
  let verdicts: Verdict[] = [];
  for (let request = 1; request <= requests; request += 1) {
    const weight = rollout.steps[stepIndex]?.weight ?? 1;
    const toCandidate = random.next() < weight;
    const correct = random.next() < (toCandidate ? truth.candidate : truth.baseline) ? 1 : 0;
    for (const arm of toCandidate ? [candidate] : [baseline, earlier]) {
      arm.requests += 1;
      arm.outcomes += 1;
      arm.correct += correct;
    }
    if (request % REQUESTS_BETWEEN_LOOKS !== 0) continue;
    const judged = judgeStep({
      plan: rollout,
      stepIndex,
      elapsedMs: 0,
      baseline: weight === 1 ? earlier : baseline,
      candidate,
      previousVerdicts: verdicts,
    });
    verdicts.push(judged.verdict);
    if (judged.action === 'roll_back') return 'rolled back';
    if (judged.action === 'complete') return 'completed';
    if (judged.action !== 'advance') continue;
    stepIndex += 1;
    [baseline, candidate, verdicts] = [nothing(), nothing(), []];
  }
  return 'open';
}

function simulate(name: string, rollout: RolloutPlan, truth: Case, requests: number): Record<Ending, number> {
  const counts: Record<Ending, number> = { 'rolled back': 0, completed: 0, open: 0 };
  for (let i = 0; i < ROLLOUTS; i += 1) counts[rollOut(rollout, truth, requests, createRandom(`${name} ${i}`))] += 1 / ROLLOUTS;
  const shown = Object.entries(counts).map(([ending, share]) => `${ending} ${(100 * share).toFixed(1)} %`);
  process.stdout.write(`rollouts, ${name}: ${truth.baseline} -> ${truth.candidate}: ${shown.join(', ')}\n`);
  return counts;
}

describe('simulated rollouts with the default plan, 3,000 requests', () => {
  const run = (candidate: number) => simulate('default plan', DEFAULT, { baseline: 0.92, candidate }, 3000);

  it('rarely rolls back a version that is as good', () => {
    const counts = run(0.92);
    expect(counts['rolled back']).toBeLessThan(0.08);
    expect(counts.completed).toBeGreaterThan(0.9);
  });

  it('hardly ever rolls back a better one', () => {
    expect(run(0.95)['rolled back']).toBeLessThan(0.02);
  });

  it('stops most that are worse by 7 points, and nearly all that are worse by 10', () => {
    expect(run(0.85).completed).toBeLessThan(0.15);
    expect(run(0.82).completed).toBeLessThan(0.03);
  });

  it('never lets swapped labels pass', () => {
    expect(run(0.08)).toMatchObject({ completed: 0, open: 0 });
  });
});

describe('simulated rollouts with little traffic, 436 requests', () => {
  const run = (candidate: number) => simulate('short plan', SHORT, { baseline: 0.92, candidate }, 436);

  it('rarely rolls back a version that is as good, and lets a better one through', () => {
    expect(run(0.92)['rolled back']).toBeLessThan(0.1);
    expect(run(0.95).completed).toBeGreaterThan(0.85);
  });

  it('lets few pass that are worse by 10 points, and never swapped labels', () => {
    expect(run(0.82).completed).toBeLessThan(0.12);
    expect(run(0.08)).toMatchObject({ completed: 0, open: 0 });
  });
});
