import { type Proportion, wilsonInterval } from '#server/domain/stats/proportions.ts';
import type { Slot } from './types.ts';

export type OutcomePoint = { x: Date; y: number | null; lower: number | null; upper: number | null; n: number };
export type Outcomes = {
  accuracy: OutcomePoint[];
  /** Of what was called positive, how much was; null where the model names no positive class. */
  precision: OutcomePoint[] | null;
  completeness: { from: Date; known: number; rows: number }[];
  /** The first of the newest windows whose outcomes aren't all in yet; null when they are. */
  comingSince: Date | null;
};

/** A window with fewer known outcomes than this share counts as not all in yet. */
export const COMPLETE = 0.95;

/** How often the answers were right, by window, from the outcomes that are known. */
export function prepareOutcomes(slots: readonly Slot[], positive: string | null): Outcomes {
  const completeness = slots.map(({ from, window }) => ({ from, known: window?.outcomes ?? 0, rows: window?.rows ?? 0 }));
  const complete = completeness.findLastIndex(({ known, rows }) => rows > 0 && known / rows >= COMPLETE);
  const tail = completeness.slice(complete + 1).find(({ rows }) => rows > 0);
  return {
    accuracy: slots.map(({ from, window }) => toPoint(from, countRight(window?.results.confusion ?? {}))),
    precision:
      positive === null
        ? null
        : slots.map(({ from, window }) => toPoint(from, countPrecise(window?.results.confusion ?? {}, positive))),
    completeness,
    comingSince: tail?.from ?? null,
  };
}

type Confusion = Record<string, Record<string, number>>;

function countRight(confusion: Confusion): Proportion {
  let successes = 0;
  let n = 0;
  for (const [actual, said] of Object.entries(confusion)) {
    for (const [label, count] of Object.entries(said)) {
      n += count;
      if (label === actual) successes += count;
    }
  }
  return { successes, n };
}

function countPrecise(confusion: Confusion, positive: string): Proportion {
  const said = Object.values(confusion).reduce((sum, row) => sum + (row[positive] ?? 0), 0);
  return { successes: confusion[positive]?.[positive] ?? 0, n: said };
}

function toPoint(x: Date, part: Proportion): OutcomePoint {
  const interval = wilsonInterval(part);
  return { x, y: interval?.estimate ?? null, lower: interval?.lower ?? null, upper: interval?.upper ?? null, n: part.n };
}
