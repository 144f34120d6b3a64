import { wilsonInterval } from '#server/domain/stats/proportions.ts';
import type { Arm, Decision } from '#server/features/deployments/rollouts.schema.ts';

export type ArmPoint = { x: Date; y: number | null; lower: number | null; upper: number | null };
export type Measure = 'error rate' | 'latency' | 'accuracy';

/** One figure of one arm with its interval; null where there is nothing to tell it from. */
export function measureOf(arm: Arm, measure: Measure): { y: number | null; lower: number | null; upper: number | null } {
  if (measure === 'latency') {
    const { estimate = null, lower = null, upper = null } = arm.latency ?? {};
    return { y: estimate, lower, upper };
  }
  const share = measure === 'accuracy' ? { successes: arm.correct, n: arm.outcomes } : { successes: arm.errors, n: arm.requests };
  const interval = wilsonInterval(share);
  return { y: interval?.estimate ?? null, lower: interval?.lower ?? null, upper: interval?.upper ?? null };
}

/** What was known of an arm at each decision of the controller, counted anew in each step. A new step begins with a gap. */
export function armSeries(decisions: readonly Decision[], side: 'baseline' | 'candidate', measure: Measure): ArmPoint[] {
  const points: ArmPoint[] = [];
  let step = -1;
  for (const decision of decisions) {
    const arm = decision[side];
    if (!arm) continue;
    if (step !== decision.stepIndex && points.length > 0) {
      points.push({ x: new Date(decision.at.getTime() - 1), y: null, lower: null, upper: null });
    }
    step = decision.stepIndex;
    points.push({ x: decision.at, ...measureOf(arm, measure) });
  }
  return points;
}

/** One scale for both arms: shares from 0, or to 1; never so narrow that noise fills it. */
export function sharedDomain(series: readonly ArmPoint[][], measure: Measure): [number, number] {
  const values = series.flat().flatMap((point) => [point.y, point.upper, point.lower].filter((value) => value !== null));
  if (measure === 'accuracy') return [Math.max(0, Math.floor(Math.min(0.9, ...values) * 20) / 20), 1];
  const most = Math.max(measure === 'latency' ? 1 : 0.02, ...values);
  return [0, measure === 'latency' ? most * 1.1 : Math.min(1, most * 1.1)];
}
