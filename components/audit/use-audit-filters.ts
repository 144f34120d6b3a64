'use client';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useMemo } from 'react';

const KEYS = ['actor', 'action', 'query', 'from', 'to'] as const;
export type AuditFilters = Partial<Record<(typeof KEYS)[number], string>>;

/** The filters of the record, kept in the address. Days are whole days of the viewer's zone. */
export function useAuditFilters() {
  const params = useSearchParams();
  const router = useRouter();
  const path = usePathname();
  const text = params.toString();
  const filters = useMemo<AuditFilters>(() => {
    const found = new URLSearchParams(text);
    return Object.fromEntries(KEYS.flatMap((key) => (found.get(key) ? [[key, found.get(key)]] : [])));
  }, [text]);
  const set = (change: AuditFilters) => {
    const next = new URLSearchParams(text);
    for (const [key, value] of Object.entries(change)) {
      if (value) next.set(key, value);
      else next.delete(key);
    }
    router.replace(next.size > 0 ? `${path}?${next}` : path, { scroll: false });
  };
  return { filters, set, clear: () => router.replace(path, { scroll: false }), any: Object.keys(filters).length > 0 };
}

/** The filters as the server takes them. */
export function toInput({ actor, action, query, from, to }: AuditFilters) {
  const begin = dayStart(from, 0);
  const end = dayStart(to, 1);
  return {
    ...(actor ? { actor } : {}),
    ...(action ? { action } : {}),
    ...(query ? { query } : {}),
    ...(begin ? { from: begin } : {}),
    ...(end ? { to: end } : {}),
  };
}

/** Where the browser gets what the filters show, as a file. */
export function exportHref(project: string, filters: AuditFilters, format: 'csv' | 'jsonl'): string {
  const { from, to, ...rest } = toInput(filters);
  const params = new URLSearchParams({ format, ...rest });
  if (from) params.set('from', from.toISOString());
  if (to) params.set('to', to.toISOString());
  return `/api/files/${project}/audit?${params}`;
}

function dayStart(day: string | undefined, add: number): Date | null {
  const [year, month, date] = day?.split('-').map(Number) ?? [];
  return year && month && date ? new Date(year, month - 1, date + add) : null;
}
