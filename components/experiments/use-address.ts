'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** What the address holds besides the path, and a way to change it that neither loads nor scrolls. An empty value is left out. */
export function useAddress(): { get: (key: string) => string; set: (values: Record<string, string>) => void } {
  const path = usePathname();
  const params = useSearchParams();
  const text = params.toString();
  const get = useCallback((key: string) => new URLSearchParams(text).get(key) ?? '', [text]);
  const set = useCallback(
    (values: Record<string, string>) => {
      const next = new URLSearchParams(window.location.search);
      for (const [key, value] of Object.entries(values)) {
        if (value === '') next.delete(key);
        else next.set(key, value);
      }
      const query = next.toString();
      window.history.replaceState(null, '', query === '' ? path : `${path}?${query}`);
    },
    [path],
  );
  return { get, set };
}
