import type { Alert, Monitor, MonitorWindow } from '#prisma/generated/client/client.ts';
import { type FindingReference, type FindingWindow, findingOf } from '#server/domain/drift/finding.ts';
import { ANSWER } from '#server/domain/drift/subjects.ts';
import type { AlertView, MonitorReference, MonitorSettings, MonitorWindowView } from './monitors.schema.ts';
import { monitorSettings, windowResults } from './monitors.schema.ts';

export function toWindow(row: MonitorWindow): MonitorWindowView {
  return { from: row.from, to: row.to, rows: row.rows, outcomes: row.outcomes, results: windowResults.parse(row.results) };
}

/** Shares of the answer's classes among the training rows. */
export function referenceShares(reference: MonitorReference): Record<string, number> {
  const answer = reference.subjects.find((subject) => subject.key === ANSWER);
  if (answer?.bins.kind !== 'category') return {};
  const total = answer.counts.reduce((sum, count) => sum + count, 0);
  return Object.fromEntries(answer.bins.values.map((name, i) => [name, total > 0 ? (answer.counts[i] ?? 0) / total : 0]));
}

export function toFindingReference(reference: MonitorReference): FindingReference {
  return { accuracy: reference.accuracy, subjects: reference.subjects, shares: referenceShares(reference) };
}

export function toMonitorHead(row: Monitor, deployment: { id: string; name: string; model: string }) {
  const settings: MonitorSettings = monitorSettings.parse(row.settings);
  return {
    id: row.id,
    name: row.name,
    deployment: { id: deployment.id, name: deployment.name },
    model: deployment.model,
    settings,
    computedAt: row.computedAt,
    version: row.version,
  };
}

/** The state of now, with how many subjects are in which state. */
export function toCurrent(windows: readonly FindingWindow[], reference: MonitorReference | null, states: readonly string[]) {
  const finding = reference
    ? findingOf(windows, toFindingReference(reference))
    : { state: 'unknown' as const, sentence: 'Nothing is watched yet.', explanation: '', since: null };
  const count = (state: string) => states.filter((one) => one === state).length;
  return {
    ...finding,
    counts: { drift: count('drift'), possible: count('possible'), no: count('no'), unknown: count('unknown') },
  };
}

export function toAlert(row: Alert): AlertView {
  return {
    id: row.id,
    subject: row.subject,
    severity: row.severity === 'drift' ? 'drift' : 'possible',
    sentence: row.sentence,
    since: row.since,
    openedAt: row.openedAt,
    acknowledgedBy: row.acknowledgedBy,
    acknowledgedAt: row.acknowledgedAt,
    note: row.note,
    resolvedAt: row.resolvedAt,
  };
}
