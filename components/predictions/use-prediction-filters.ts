'use client';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { type PredictionFilters, readFilters, writeFilters } from './filters.ts';

/** The filters of the list, kept in the address. */
export function usePredictionFilters() {
  const params = useSearchParams();
  const router = useRouter();
  const path = usePathname();
  const text = params.toString();
  const filters = useMemo(() => readFilters(text), [text]);
  const set = (change: PredictionFilters) => {
    const next = writeFilters(text, change);
    router.replace(next ? `${path}?${next}` : path, { scroll: false });
  };
  return {
    filters,
    set,
    clear: () => router.replace(path, { scroll: false }),
    any: Object.keys(filters).some((key) => key !== 'clock'),
  };
}
