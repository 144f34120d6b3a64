/** What a person types as the values of a grid, and how many trials come of it. Pure. */
import type { Feature, Space } from '#server/features/training/training.schema.ts';

export type Parsed = { ok: true; values: number[] } | { ok: false; message: string };

/** Figures with commas, semicolons or blanks between them; "30k" is 30000. */
export function parseFigures(text: string, o: { min: number; max: number; whole: boolean; most: number }): Parsed {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  if (words.length === 0) return { ok: false, message: 'Give at least one value.' };
  if (words.length > o.most) return { ok: false, message: `At most ${o.most} values.` };
  const values: number[] = [];
  for (const word of words) {
    const value = /^[\d.]+k$/i.test(word) ? Number(word.slice(0, -1)) * 1000 : Number(word);
    if (Number.isNaN(value)) return { ok: false, message: `${word} is not a figure.` };
    if (o.whole && !Number.isInteger(value)) return { ok: false, message: `${word} is not a whole number.` };
    if (value < o.min || value > o.max) return { ok: false, message: `${word} is not between ${o.min} and ${o.max}.` };
    if (values.includes(value)) return { ok: false, message: `${word} is named twice.` };
    values.push(value);
  }
  return { ok: true, values };
}

export const VOCABULARY = { min: 10, max: 200_000, whole: true, most: 10 };
export const L2 = { min: 1e-9, max: 10_000, whole: false, most: 10 };

/** The combinations that a launch will try; without a text, n-grams and vocabulary have no effect and count once. */
export function countTrials(space: Space, features: readonly Feature[]): number {
  const text = features.some((feature) => feature.kind === 'text') ? space.ngramMax.length * space.vocabularySize.length : 1;
  return text * space.l2.length * space.classWeight.length;
}

/** "2 × 2 × 2 × 1": how the count comes about. */
export function sayProduct(space: Space, features: readonly Feature[]): string {
  const text = features.some((feature) => feature.kind === 'text') ? [space.ngramMax, space.vocabularySize] : [];
  return [...text, space.l2, space.classWeight].map((values) => values.length).join(' × ');
}
