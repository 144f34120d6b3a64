/** Slices of an evaluation, as tables show them. Pure. */
import type { ClassFigures, SliceFigures } from '#server/domain/evaluation.schema.ts';

/** Slices of fewer rows say too little to be called the worst. */
const MIN_ROWS = 50;

/** The slice with the lowest accuracy among those of 50 rows or more. */
export function worstSlice(slices: readonly SliceFigures[]): SliceFigures | undefined {
  return slices
    .filter((slice) => slice.rows >= MIN_ROWS)
    .sort((a, b) => a.accuracy.estimate - b.accuracy.estimate || b.rows - a.rows)[0];
}

/** The class that most deserves its own columns: the one with the fewest rows that has any. */
export function rarestClass(classes: readonly Pick<ClassFigures, 'name' | 'support'>[]): string | undefined {
  return classes.filter((one) => one.support > 0).sort((a, b) => a.support - b.support)[0]?.name;
}

/** An axis up to 1 that begins at the last twentieth below the lowest end. */
export function axisFor(lows: readonly number[]): [number, number] {
  const low = Math.min(0.95, ...lows);
  return [Math.max(0, Math.floor(low * 20 + 1e-9) / 20), 1];
}

/** What a slice is made of: "from_domain", "length of body", "month of received_at". */
export function sliceGroup({ kind, column }: Pick<SliceFigures, 'kind' | 'column'>): string {
  return kind === 'category' ? column : `${kind} of ${column}`;
}

export function sliceKey({ kind, column, value }: Pick<SliceFigures, 'kind' | 'column' | 'value'>): string {
  return `${kind} ${column} ${value}`;
}

/** Slices under the name of what they are made of, in the order in which they come. */
export function groupSlices<T extends Pick<SliceFigures, 'kind' | 'column'>>(slices: readonly T[]): [string, T[]][] {
  return [...Map.groupBy(slices, sliceGroup)];
}
