import { StatePill } from '#components/ui/state-pill.tsx';
import type { DriftState } from '#server/domain/drift/state.ts';

const PILLS = { no: 'none', possible: 'possible', drift: 'alert', unknown: 'waiting' } as const;
export const DRIFT_WORDS: Record<DriftState, string> = {
  no: 'No drift',
  possible: 'Possible',
  drift: 'Drift',
  unknown: 'Too few rows',
};

/** How far production is from what was learned: shape, word and colour. */
export function DriftPill({ state, children }: { state: DriftState; children?: React.ReactNode }) {
  return <StatePill state={PILLS[state]}>{children ?? DRIFT_WORDS[state]}</StatePill>;
}
