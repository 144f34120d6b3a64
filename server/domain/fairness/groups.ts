/**
 * Rows by the value of a column. A missing value is a group of its own; numbers are cut at their quartiles, texts by
 * length, times by month; of many values the largest keep their name and the others stand together.
 */
import { lengthBand, monthOf } from '../slices.ts';
import { interpolatedQuantile } from '../stats/quantiles.ts';

export const MISSING = 'missing';
export const OTHERS = 'other values';
export const MAX_GROUPS = 24;

type Cell = string | number | null | undefined;
/** `ofRow` holds the place in `names` of each row's group. Groups are ordered: bands by size of the value, others by rows. */
export type Groups = { column: string; names: string[]; ofRow: Int32Array; sizes: number[] };

/** Groups the rows by a column of this kind (`number`, `text`, `time`, or anything else as a category). */
export function groupRows(column: string, kind: string, values: readonly Cell[]): Groups {
  if (kind === 'number') return groupNumbers(column, values);
  if (kind === 'text')
    return fromNames(
      column,
      values.map((value) => (isMissing(value) ? MISSING : (lengthBand(String(value)) ?? MISSING))),
    );
  if (kind === 'time')
    return fromNames(
      column,
      values.map((value) => (isMissing(value) ? MISSING : (monthOf(value) ?? MISSING))),
    );
  return fromNames(
    column,
    values.map((value) => (isMissing(value) ? MISSING : String(value))),
  );
}

/** The groups of two columns together: "north, female". */
export function crossGroups(a: Groups, b: Groups): Groups {
  const names = Array.from(a.ofRow, (group, row) => `${a.names[group] ?? ''}, ${b.names[b.ofRow[row] ?? 0] ?? ''}`);
  return fromNames(`${a.column} × ${b.column}`, names);
}

function groupNumbers(column: string, values: readonly Cell[]): Groups {
  const numbers = values.map((value) => (isMissing(value) ? Number.NaN : Number(value)));
  const sorted = numbers.filter((value) => Number.isFinite(value)).sort((x, y) => x - y);
  const distinct = [...new Set(sorted)];
  if (distinct.length <= 6) {
    return fromNames(
      column,
      numbers.map((value) => (Number.isFinite(value) ? String(value) : MISSING)),
      distinct.map(String),
    );
  }
  const edges = [...new Set([0.25, 0.5, 0.75].map((q) => interpolatedQuantile(sorted, q) ?? 0))];
  const names = [...edges.map((edge, i) => (i === 0 ? `up to ${short(edge)}` : `${short(edges[i - 1] ?? 0)} to ${short(edge)}`))];
  names.push(`over ${short(edges.at(-1) ?? 0)}`);
  const nameOf = (value: number) => {
    if (!Number.isFinite(value)) return MISSING;
    const at = edges.findIndex((edge) => value <= edge);
    return names[at < 0 ? names.length - 1 : at] ?? MISSING;
  };
  return fromNames(column, numbers.map(nameOf), names);
}

function fromNames(column: string, values: readonly string[], order?: readonly string[]): Groups {
  const sizes = new Map<string, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  const place = (name: string) => (order ? order.indexOf(name) : 0);
  const bySize = [...sizes].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1));
  const kept = bySize.slice(0, sizes.size > MAX_GROUPS ? MAX_GROUPS - 1 : MAX_GROUPS).map(([name]) => name);
  if (sizes.has(MISSING) && !kept.includes(MISSING)) kept[kept.length - 1] = MISSING;
  const last = (name: string) => (name === MISSING ? 1 : 0);
  const names = kept.sort((x, y) => last(x) - last(y) || place(x) - place(y) || (sizes.get(y) ?? 0) - (sizes.get(x) ?? 0));
  if (sizes.size > names.length) names.push(OTHERS);
  const at = new Map(names.map((name, i) => [name, i]));
  const ofRow = Int32Array.from(values, (value) => at.get(value) ?? names.length - 1);
  const counts = new Array<number>(names.length).fill(0);
  for (const group of ofRow) counts[group] = (counts[group] ?? 0) + 1;
  return { column, names, ofRow, sizes: counts };
}

function isMissing(value: Cell): value is null | undefined {
  return value === null || value === undefined || value === '' || (typeof value === 'number' && !Number.isFinite(value));
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
