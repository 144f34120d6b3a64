import { describe, expect, it } from 'vitest';
import type { Arm, Decision } from '#server/features/deployments/rollouts.schema.ts';
import { armSeries, measureOf, sharedDomain } from './arm-series.ts';

const arm = (o: Partial<Arm>): Arm => ({ requests: 0, errors: 0, outcomes: 0, correct: 0, latency: null, p50: null, ...o });
const decision = (second: number, stepIndex: number, candidate: Arm | null): Decision => ({
  id: String(second),
  at: new Date(second * 1000),
  stepIndex,
  action: 'check',
  verdict: 'wait',
  sentence: '',
  actorName: 'Stagecraft',
  baseline: null,
  candidate,
  checks: [],
});

describe('figures of an arm', () => {
  it('are missing, not zero, where nothing was counted', () => {
    expect(measureOf(arm({}), 'error rate').y).toBeNull();
    expect(measureOf(arm({}), 'accuracy').y).toBeNull();
    expect(measureOf(arm({}), 'latency').y).toBeNull();
  });

  it('carry their interval', () => {
    const { y, lower, upper } = measureOf(arm({ outcomes: 100, correct: 90 }), 'accuracy');
    expect(y).toBeCloseTo(0.9);
    expect(lower).toBeLessThan(0.9);
    expect(upper).toBeGreaterThan(0.9);
  });
});

describe('the curve of an arm', () => {
  it('has a gap where a step began to count anew', () => {
    const decisions = [
      decision(1, 0, arm({ requests: 10 })),
      decision(2, 0, null),
      decision(3, 0, arm({ requests: 20 })),
      decision(4, 1, arm({ requests: 5, errors: 1 })),
    ];
    expect(armSeries(decisions, 'candidate', 'error rate').map((point) => point.y)).toEqual([0, 0, null, 0.2]);
  });

  it('shares one scale with the other, from 0 or up to 1', () => {
    const series = [[{ x: new Date(0), y: 3, lower: 2, upper: 5 }], [{ x: new Date(0), y: 4, lower: null, upper: 10 }]];
    expect(sharedDomain(series, 'latency')).toEqual([0, 11]);
    expect(sharedDomain([], 'error rate')[0]).toBe(0);
    expect(sharedDomain([], 'accuracy')[1]).toBe(1);
  });
});
