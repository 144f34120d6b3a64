'use client';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import type { Column } from '#server/features/datasets/columns.schema.ts';
import type { Sort } from '#server/features/datasets/rows.schema.ts';
import { parseRowQuery } from '../row-query.ts';

export const PAGE = 50;

/** Filter, part, order and page of the rows, as the address holds them. */
export function useRowsState(columns: readonly Column[]) {
  const params = useSearchParams();
  const path = usePathname();
  const router = useRouter();
  const text = params.get('q') ?? '';
  const query = useMemo(() => parseRowQuery(text, columns), [text, columns]);
  const page = Math.max(0, Number.parseInt(params.get('page') ?? '1', 10) - 1 || 0);
  const set = (changes: Record<string, string | null>) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries({ page: null, ...changes })) {
      if (value === null || value === '') next.delete(name);
      else next.set(name, value);
    }
    const search = next.toString();
    router.replace(search === '' ? path : `${path}?${search}`, { scroll: false });
  };
  return {
    text,
    query,
    page,
    split: params.get('split'),
    sort: readSort(params.get('sort'), columns),
    setText: (q: string) => set({ q }),
    setSplit: (split: string | null) => set({ split }),
    setSort: (sort: Sort | null) => set({ sort: sort ? `${sort.descending ? '-' : ''}${sort.column}` : null }),
    setPage: (to: number) => set({ page: to === 0 ? null : String(to + 1) }),
  };
}

function readSort(text: string | null, columns: readonly Column[]): Sort | null {
  if (!text) return null;
  const descending = text.startsWith('-');
  const column = descending ? text.slice(1) : text;
  return columns.some((one) => one.name === column) ? { column, descending } : null;
}
