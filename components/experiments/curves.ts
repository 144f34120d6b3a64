/** Curves of metrics by step, for charts of many runs. Pure. */
import type { History } from '#server/features/experiments/runs.schema.ts';

const STEPS = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

/** The points of one metric of one run. */
export function curveOf(history: History, runId: string, key: string): { x: number; y: number }[] {
  const found = history.find((curve) => curve.runId === runId && curve.key === key);
  return (found?.points ?? []).map(({ step, value }) => ({ x: step, y: value }));
}

/** An axis of steps that grows rarely: the smallest round number that holds all points. */
export function stepDomain(history: History, growing: boolean): [number, number] {
  const last = Math.max(1, ...history.flatMap((curve) => curve.points.map((point) => point.step)));
  return [0, growing ? (STEPS.find((step) => step >= last) ?? last) : last];
}

/**
 * An axis for shares on which the ends of curves can be told apart: the lowest quarter of the points, mostly the first steps, may
 * run out of the picture. Undefined without points.
 */
export function shareDomain(history: History, key: string): [number, number] | undefined {
  const values = history
    .filter((curve) => curve.key === key)
    .flatMap((curve) => curve.points.map((point) => point.value))
    .sort((a, b) => a - b);
  const low = values[Math.floor(values.length / 4)];
  const high = values.at(-1);
  if (low === undefined || high === undefined) return undefined;
  const from = Math.max(0, Math.floor(low * 20 - 0.2) / 20);
  const to = Math.min(1, Math.ceil(high * 20) / 20);
  return from < to ? [from, to] : [Math.max(0, from - 0.05), to];
}

/** Metrics with a curve: more than one step in any run, in the order of `keys`. */
export function curveKeys(history: History, keys: readonly string[]): string[] {
  return keys.filter((key) => history.some((curve) => curve.key === key && curve.points.length > 1));
}

/** A tick of a logarithmic axis without idle zeros: 0.5, 0.02. */
export function plainTick(value: number): string {
  return String(Number(value.toPrecision(2)));
}
