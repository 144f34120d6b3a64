import { type RowsFilter, type RowsPlace, rowsShown, rowsSort } from '#server/features/evaluations/rows.schema.ts';

/** What the address says of the rows: the two versions, on what, the filter, the order, and the open row. */
export type RowsState = {
  candidate: number | null;
  incumbent: number | null;
  on: RowsPlace['on'];
  filter: RowsFilter;
  sort: 'row' | 'confidence' | 'change';
  row: number | null;
};

/** Reads an address; what makes no sense is left out. */
export function readRowsState(text: string): RowsState {
  const params = new URLSearchParams(text);
  const number = (name: string) => {
    const value = Number(params.get(name));
    return params.get(name) !== null && Number.isInteger(value) && value >= 1 ? value : null;
  };
  const share = (name: string) => {
    const value = Number(params.get(name));
    return params.get(name) !== null && value >= 0 && value <= 1 ? value : undefined;
  };
  const word = (name: string) => params.get(name) || undefined;
  const [data, split] = [word('data'), word('split')];
  const row = Number(params.get('row'));
  const filter: RowsFilter = {
    show: rowsShown.catch('changed').parse(params.get('show') ?? (params.get('incumbent') ? 'changed' : 'candidate_wrong')),
    ...defined({ column: word('column'), value: word('value'), truth: word('truth'), said: word('said') }),
    ...defined({ from: share('from'), to: share('to'), text: word('q'), tag: word('tag') }),
  };
  return {
    candidate: number('candidate'),
    incumbent: number('incumbent'),
    on: data && split ? { datasetVersionId: data, split } : undefined,
    filter,
    sort: rowsSort.catch('row').parse(params.get('sort') ?? 'row'),
    row: params.get('row') !== null && Number.isInteger(row) && row >= 0 ? row : null,
  };
}

/** The address with some parameters written; null or empty takes one away. */
export function writeRowsState(text: string, change: Record<string, string | number | null | undefined>): string {
  const params = new URLSearchParams(text);
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === undefined || value === '') params.delete(name);
    else params.set(name, String(value));
  }
  return params.toString();
}

function defined<T extends Record<string, unknown>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** Bands of confidence to choose from. */
export const BANDS = [
  { value: '0-0.6', label: 'under 60 % sure', from: null, to: 0.6 },
  { value: '0.6-0.9', label: '60 to 90 % sure', from: 0.6, to: 0.9 },
  { value: '0.9-1', label: 'over 90 % sure', from: 0.9, to: null },
] as const;

/** How a difference reads. */
export function verdictOf(row: {
  truth: string;
  candidate: { label: string };
  incumbent: { label: string } | null;
}): 'better' | 'worse' | 'other' | 'both wrong' | 'wrong' | 'right' {
  const right = row.candidate.label === row.truth;
  if (!row.incumbent) return right ? 'right' : 'wrong';
  if (row.incumbent.label === row.candidate.label) return right ? 'right' : 'both wrong';
  if (right) return 'better';
  return row.incumbent.label === row.truth ? 'worse' : 'other';
}
