/** When a distance is called drift. Pure: figures and thresholds in, one word out. */

export const DRIFT_STATES = ['no', 'possible', 'drift', 'unknown'] as const;
export type DriftState = (typeof DRIFT_STATES)[number];

export type Threshold = { possible: number; drift: number };

/** Readings of PSI from N. Siddiqi, Credit Risk Scorecards (2006); Jensen-Shannon's default limit is Evidently's, 0.1, and twice that. */
export const DEFAULT_THRESHOLDS = {
  psi: { possible: 0.1, drift: 0.2 },
  jensenShannon: { possible: 0.1, drift: 0.2 },
  accuracyDrop: { possible: 0.02, drift: 0.05 },
} as const satisfies Record<string, Threshold>;

/**
 * The state of a distribution. Unknown under `minRows`. A shift counts only beyond what two samples of these sizes show by
 * chance (`byChance`), and is drift when both distances say so, possible when one does.
 */
export function distributionState(o: {
  rows: number;
  minRows: number;
  psi: number;
  byChance: number | null;
  jensenShannon: number | null;
  thresholds: { psi: Threshold; jensenShannon: Threshold };
}): DriftState {
  if (o.rows < o.minRows || o.jensenShannon === null || o.byChance === null) return 'unknown';
  if (o.psi <= o.byChance) return 'no';
  const { psi, jensenShannon } = o.thresholds;
  if (o.psi >= psi.drift && o.jensenShannon >= jensenShannon.drift) return 'drift';
  if (o.psi >= psi.possible || o.jensenShannon >= jensenShannon.possible) return 'possible';
  return 'no';
}

/**
 * The state of a proportion that should not fall (accuracy): judged by the whole interval, so that a few rows can't raise an
 * alarm. Drift when even the upper end lies more than the limit below the reference, possible when the estimate does.
 */
export function dropState(o: {
  reference: number;
  estimate: number;
  upper: number;
  rows: number;
  minRows: number;
  threshold: Threshold;
}): DriftState {
  if (o.rows < o.minRows) return 'unknown';
  if (o.upper < o.reference - o.threshold.possible && o.estimate < o.reference - o.threshold.drift) return 'drift';
  if (o.estimate < o.reference - o.threshold.possible && o.upper < o.reference) return 'possible';
  return 'no';
}

/** The worst of several states; `unknown` only when nothing is known. */
export function worstState(states: readonly DriftState[]): DriftState {
  for (const state of ['drift', 'possible', 'no'] as const) if (states.includes(state)) return state;
  return 'unknown';
}
