/** Which alerts to open, keep and close. Pure: what is open and what is found now in, acts out. */
import type { DriftState } from './state.ts';

export type OpenAlert = { id: string; subject: string };
export type Found = { subject: string; state: DriftState; since: Date };

export type AlertPlan = {
  open: { subject: string; severity: 'possible' | 'drift'; since: Date }[];
  update: { id: string; subject: string; severity: 'possible' | 'drift' }[];
  resolve: { id: string }[];
};

/**
 * An alert opens when a subject drifts, stays open (with its severity) while the subject is drifted or possibly so, and closes
 * when it is back. A subject that can't be judged now keeps its alert: silence is no recovery.
 */
export function planAlerts(open: readonly OpenAlert[], found: readonly Found[]): AlertPlan {
  const now = new Map(found.map((entry) => [entry.subject, entry]));
  const known = new Set(open.map((alert) => alert.subject));
  const plan: AlertPlan = { open: [], update: [], resolve: [] };
  for (const { id, subject } of open) {
    const state = now.get(subject)?.state ?? 'unknown';
    if (state === 'no') plan.resolve.push({ id });
    else if (state !== 'unknown') plan.update.push({ id, subject, severity: state });
  }
  for (const { subject, state, since } of found) {
    if (state === 'drift' && !known.has(subject)) plan.open.push({ subject, severity: 'drift', since });
  }
  return plan;
}
