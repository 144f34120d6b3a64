/** What of a request is watched: figures of its texts, its numbers, its categories, the answer and how sure it was. */
import { TEXT_FEATURES, type TextFeature, textFeatures } from '../text-features.ts';
import { type Bins, categoryBins, countIntoBins, numberBins } from './histogram.ts';

export type Field = { name: string; kind: 'text' | 'number' | 'category' };
export type Cell = string | number | null;

/** One thing that is watched, with its values in any number of rows. */
export type SubjectValues = { key: string; title: string; unit: string; kind: 'number' | 'category'; values: Cell[] };

/** A subject's reference: the bins and how the training rows fall into them. `counts` ends with the missing values. */
export type SubjectReference = { key: string; title: string; unit: string; bins: Bins; counts: number[] };

export const ANSWER = 'answer';
export const CONFIDENCE = 'confidence';

/** The watched values of input columns; each text gives its length, links, capitals and digits. */
export function inputSubjects(fields: readonly Field[], columns: Record<string, readonly Cell[]>): SubjectValues[] {
  return fields.flatMap((field): SubjectValues[] => {
    const cells = columns[field.name] ?? [];
    if (field.kind === 'number')
      return [{ key: field.name, title: field.name, unit: 'value', kind: 'number', values: cells.map(toNumber) }];
    if (field.kind === 'category')
      return [{ key: field.name, title: field.name, unit: 'value', kind: 'category', values: cells.map(toText) }];
    const figures = cells.map((cell) => textFeatures(toText(cell)));
    return (Object.keys(TEXT_FEATURES) as TextFeature[]).map((feature) => ({
      key: `${field.name}.${feature}`,
      title: `${TEXT_FEATURES[feature].title} of ${field.name}`,
      unit: TEXT_FEATURES[feature].unit,
      kind: 'number' as const,
      values: figures.map((figure) => figure[feature]),
    }));
  });
}

/** The answers themselves: which class, and with what probability. */
export function answerSubjects(labels: readonly (string | null)[], confidences: readonly (number | null)[]): SubjectValues[] {
  return [
    { key: ANSWER, title: 'Answer', unit: 'share of each', kind: 'category', values: [...labels] },
    { key: CONFIDENCE, title: 'Confidence', unit: 'probability of the answer', kind: 'number', values: [...confidences] },
  ];
}

/** Bins and counts of each subject over the reference rows. */
export function referenceOf(subjects: readonly SubjectValues[]): SubjectReference[] {
  return subjects.map(({ key, title, unit, kind, values }) => {
    const bins = kind === 'number' ? numberBins(values.map(toNumber)) : categoryBins(values.map(toText));
    return { key, title, unit, bins, counts: countIntoBins(bins, values) };
  });
}

function toNumber(cell: Cell): number | null {
  if (cell === null || cell === '') return null;
  const number = Number(cell);
  return Number.isFinite(number) ? number : null;
}

function toText(cell: Cell): string | null {
  return cell === null ? null : String(cell);
}
