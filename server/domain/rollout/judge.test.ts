import { describe, expect, it } from 'vitest';
import { type ArmStats, judgeStep, type Verdict } from './judge.ts';
import type { RolloutPlan } from './plan.schema.ts';

const PLAN: RolloutPlan = {
  steps: [
    { weight: 0.1, minRequests: 100, minOutcomes: 50, holdSeconds: 60 },
    { weight: 1, minRequests: 100, minOutcomes: 50, holdSeconds: 60 },
  ],
  limits: { errorRate: 0.02, latencyMs: 50, accuracy: 0.05 },
};
const steady = (ms: number) => ({ n: 500, estimate: ms, lower: ms - 2, upper: ms + 2 });

function arm(over: Partial<ArmStats> = {}): ArmStats {
  return { requests: 500, errors: 0, outcomes: 200, correct: 190, latency: steady(10), ...over };
}

function judge(o: {
  candidate?: Partial<ArmStats>;
  baseline?: Partial<ArmStats>;
  stepIndex?: number;
  seconds?: number;
  before?: Verdict[];
}) {
  return judgeStep({
    plan: PLAN,
    stepIndex: o.stepIndex ?? 0,
    elapsedMs: (o.seconds ?? 61) * 1000,
    baseline: arm(o.baseline),
    candidate: arm(o.candidate),
    previousVerdicts: o.before ?? [],
  });
}

describe('judgeStep', () => {
  it('advances when all holds, completes at the last step, and waits out the hold', () => {
    expect(judge({})).toMatchObject({ verdict: 'holds', action: 'advance' });
    expect(judge({ stepIndex: 1 })).toMatchObject({ verdict: 'holds', action: 'complete' });
    const early = judge({ seconds: 20 });
    expect(early).toMatchObject({ verdict: 'holds', action: 'wait' });
    expect(early.sentence).toContain('held for 40 s more');
  });

  it('judges nothing before its minimum', () => {
    const few = judge({ candidate: { outcomes: 49, correct: 0 } });
    expect(few).toMatchObject({ verdict: 'wait', action: 'wait', sentence: 'Waits for outcomes: 49 of 50.' });
    expect(judge({ candidate: { requests: 99, errors: 99, latency: null } }).sentence).toBe('Waits for requests: 99 of 100.');
  });

  it('rolls back at once what is certain: swapped labels, errors everywhere, a slow candidate', () => {
    const swapped = judge({ candidate: { outcomes: 50, correct: 3 } });
    expect(swapped).toMatchObject({ verdict: 'breaks', action: 'roll_back' });
    expect(swapped.sentence).toContain("candidate's accuracy is worse");
    expect(judge({ candidate: { errors: 100 } }).action).toBe('roll_back');
    expect(judge({ candidate: { latency: steady(200) } }).action).toBe('roll_back');
  });

  it('asks twice when the harm is past the margin but the interval reaches into it', () => {
    const candidate = { correct: 172 };
    expect(judge({ candidate })).toMatchObject({ verdict: 'breaks', action: 'wait' });
    expect(judge({ candidate, before: ['holds', 'breaks'] }).action).toBe('roll_back');
    expect(judge({ candidate, before: ['breaks', 'wait'] }).action).toBe('wait');
  });

  it('waits when the estimate is past the margin but may be chance', () => {
    const doubt = judge({ candidate: { outcomes: 50, correct: 44 } });
    expect(doubt).toMatchObject({ verdict: 'wait', action: 'wait' });
    expect(doubt.sentence).toContain('may be chance');
  });

  it('never holds against a better candidate', () => {
    const better = judge({ candidate: { correct: 200 }, baseline: { errors: 50, latency: steady(500) } });
    expect(better.action).toBe('advance');
    expect(better.checks.map((check) => check.verdict)).toEqual(['holds', 'holds', 'holds']);
  });

  it('waits when the version in production has nothing to compare with', () => {
    const alone = judge({ baseline: { outcomes: 0, correct: 0 } });
    expect(alone).toMatchObject({ verdict: 'wait' });
    expect(alone.sentence).toContain('no accuracy of the version in production');
  });

  it('does not let a check that the plan does not ask for block', () => {
    const plan = { ...PLAN, steps: [{ weight: 1, minRequests: 1, minOutcomes: 0, holdSeconds: 0 }] };
    const bare = arm({ outcomes: 0, correct: 0 });
    const judged = judgeStep({ plan, stepIndex: 0, elapsedMs: 0, baseline: bare, candidate: bare, previousVerdicts: [] });
    expect(judged.action).toBe('complete');
  });

  it('leaves an open end of the latency interval open', () => {
    const few = { n: 120, estimate: 12, lower: 10, upper: null };
    const check = judge({ candidate: { latency: few } }).checks.find(({ name }) => name === 'latency');
    expect(check).toMatchObject({ estimate: 2, lower: -2, upper: null, verdict: 'holds' });
  });

  it('fails on a step that is not there', () => {
    expect(() => judge({ stepIndex: 2 })).toThrow(RangeError);
  });
});
