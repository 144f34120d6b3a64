'use client';
import { useCallback, useEffect, useRef } from 'react';

/** Milliseconds that the window has shown `key` so far, without the time in which it was hidden. */
export function useTimeInHand(key: string | null): () => number {
  const shown = useRef<{ key: string | null; before: number; since: number | null }>({ key: null, before: 0, since: null });
  useEffect(() => {
    shown.current = { key, before: 0, since: document.hidden ? null : performance.now() };
    const onChange = () => {
      const current = shown.current;
      if (document.hidden && current.since !== null) {
        current.before += performance.now() - current.since;
        current.since = null;
      } else if (!document.hidden) {
        current.since ??= performance.now();
      }
    };
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, [key]);
  return useCallback(() => {
    const { before, since } = shown.current;
    return Math.round(before + (since === null ? 0 : performance.now() - since));
  }, []);
}
