/** The figures of one window of production against a reference. Pure: rows, reference and limits in, figures out. */

import { wilsonInterval } from '../stats/proportions.ts';
import { quantileInterval } from '../stats/quantiles.ts';
import { jensenShannonDistance, populationStabilityIndex, psiByChance } from './distance.ts';
import { countIntoBins } from './histogram.ts';
import { type DriftState, distributionState, dropState, type Threshold } from './state.ts';
import { answerSubjects, type Cell, type Field, inputSubjects, type SubjectReference } from './subjects.ts';

export type WindowRow = {
  input: Record<string, unknown>;
  label: string | null;
  confidence: number | null;
  outcome: string | null;
  errorCode: string | null;
  latencyMs: number;
  modelVersionId: string;
};

export type Limits = { minRows: number; psi: Threshold; jensenShannon: Threshold; accuracyDrop: Threshold };
export type Share = { estimate: number; lower: number; upper: number; n: number };

/** Counts, distances and states of each subject, shares of answers, and what the outcomes say. */
export function windowFigures(o: {
  rows: readonly WindowRow[];
  fields: readonly Field[];
  classes: readonly string[];
  reference: { subjects: readonly SubjectReference[]; accuracy: number | null };
  limits: Limits;
}) {
  const answered = o.rows.filter((row) => row.errorCode === null && row.label !== null);
  const values = new Map(
    [
      ...inputSubjects(o.fields, columnsOf(o.fields, o.rows)),
      ...answerSubjects(
        answered.map((row) => row.label),
        answered.map((row) => row.confidence),
      ),
    ].map((subject) => [subject.key, subject.values]),
  );
  const subjects = Object.fromEntries(
    o.reference.subjects.map((reference) => [
      reference.key,
      subjectFigures(reference, values.get(reference.key) ?? [], o.limits),
    ]),
  );
  const known = answered.filter((row) => row.outcome !== null);
  return {
    subjects,
    answers: sharesOf(
      answered.map((row) => row.label),
      o.classes,
    ),
    confusion: confusionOf(known),
    accuracy: accuracyOf(known, o.reference.accuracy, o.limits),
    versions: versionsOf(o.rows),
    latencyP99Ms:
      quantileInterval(
        o.rows.map((row) => row.latencyMs),
        0.99,
      )?.estimate ?? null,
    failed: o.rows.length - answered.length,
  };
}

/** Distances of one subject's values from its reference. */
export function subjectFigures(reference: SubjectReference, values: readonly Cell[], limits: Limits) {
  const counts = countIntoBins(reference.bins, values);
  const n = values.length;
  const m = reference.counts.reduce((sum, count) => sum + count, 0);
  const bins = counts.filter((count, i) => count > 0 || (reference.counts[i] ?? 0) > 0).length;
  const psi = n > 0 ? populationStabilityIndex(counts, reference.counts) : null;
  const jensenShannon = jensenShannonDistance(counts, reference.counts);
  const byChance = bins < 2 ? (n > 0 ? 0 : null) : psiByChance(n, m, bins);
  const state: DriftState =
    psi === null
      ? 'unknown'
      : distributionState({ rows: n, minRows: limits.minRows, psi, byChance, jensenShannon, thresholds: limits });
  return { counts, psi, byChance, jensenShannon, state };
}

function columnsOf(fields: readonly Field[], rows: readonly WindowRow[]): Record<string, Cell[]> {
  return Object.fromEntries(fields.map(({ name }) => [name, rows.map((row) => toCell(row.input[name]))]));
}

function toCell(value: unknown): Cell {
  if (typeof value === 'number' || typeof value === 'string') return value;
  return value === null || value === undefined ? null : String(value);
}

function sharesOf(labels: readonly (string | null)[], classes: readonly string[]): Record<string, Share> {
  const n = labels.length;
  return Object.fromEntries(
    classes.flatMap((name) => {
      const interval = wilsonInterval({ successes: labels.filter((label) => label === name).length, n });
      return interval ? [[name, { estimate: interval.estimate, lower: interval.lower, upper: interval.upper, n }]] : [];
    }),
  );
}

function confusionOf(known: readonly WindowRow[]): Record<string, Record<string, number>> {
  const counts: Record<string, Record<string, number>> = {};
  for (const { outcome, label } of known) {
    if (outcome === null || label === null) continue;
    counts[outcome] ??= {};
    const said = counts[outcome];
    said[label] = (said[label] ?? 0) + 1;
  }
  return counts;
}

function accuracyOf(
  known: readonly WindowRow[],
  reference: number | null,
  limits: Limits,
): (Share & { state: DriftState }) | null {
  const interval = wilsonInterval({ successes: known.filter((row) => row.outcome === row.label).length, n: known.length });
  if (!interval) return null;
  const { estimate, lower, upper } = interval;
  const state =
    reference === null
      ? 'unknown'
      : dropState({ reference, estimate, upper, rows: known.length, minRows: limits.minRows, threshold: limits.accuracyDrop });
  return { estimate, lower, upper, n: known.length, state };
}

function versionsOf(rows: readonly WindowRow[]): Record<string, { rows: number; known: number; correct: number }> {
  const versions: Record<string, { rows: number; known: number; correct: number }> = {};
  for (const row of rows) {
    versions[row.modelVersionId] ??= { rows: 0, known: 0, correct: 0 };
    const version = versions[row.modelVersionId];
    if (!version) continue;
    version.rows += 1;
    if (row.outcome === null || row.label === null) continue;
    version.known += 1;
    if (row.outcome === row.label) version.correct += 1;
  }
  return versions;
}
