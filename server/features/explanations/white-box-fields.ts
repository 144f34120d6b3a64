import type { FieldKind } from '#server/domain/signature.ts';
import type { WhiteBox } from '#server/training/onnx/white-box.ts';
import type { Cell, FieldExplanation } from './explanations.schema.ts';

/** Values of features gathered by field; those of a text's terms spread over the words that they stand on. */
export function gatherFields(
  box: WhiteBox,
  values: Float64Array,
  row: Readonly<Record<string, Cell>>,
  fields: readonly { name: string; kind: FieldKind }[],
): FieldExplanation[] {
  const totals = new Map<string, number>();
  box.features.forEach((feature, j) => {
    totals.set(feature.field, (totals.get(feature.field) ?? 0) + (values[j] ?? 0));
  });
  return fields.map(({ name, kind }) => {
    const value = row[name] ?? null;
    const contribution = totals.get(name) ?? 0;
    const words = kind === 'text' && typeof value === 'string' ? wordsOf(box, values, name, value) : null;
    const present = words?.reduce((sum, word) => sum + word.contribution, 0) ?? 0;
    return { name, kind, value, contribution, error: null, words, absent: words ? contribution - present : null };
  });
}

/** Each word's part: a term's value is shared by its occurrences, and of an n-gram by its words. */
function wordsOf(box: WhiteBox, values: Float64Array, field: string, text: string) {
  const places = box.places(field, text);
  if (!places) return null;
  const found = new Map<number, { from: number; to: number; contribution: number }>();
  for (const { column, occurrences } of places) {
    const each = (values[column] ?? 0) / occurrences.length;
    for (const spans of occurrences) {
      for (const { from, to } of spans) {
        const word = found.get(from) ?? { from, to, contribution: 0 };
        word.contribution += each / spans.length;
        found.set(from, word);
      }
    }
  }
  return [...found.values()].sort((a, b) => a.from - b.from);
}
