'use client';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';

export const ACTS = ['acknowledge', 'dataset', 'thresholds'] as const;
export type ActName = (typeof ACTS)[number];

/** What the address says about a monitor's page: the windows, the open subject, the form that is open, the versions compared. */
export function useMonitorAddress() {
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const change = (next: Record<string, string | null>) => {
    const changed = new URLSearchParams(params);
    for (const [key, value] of Object.entries(next)) {
      if (value === null) changed.delete(key);
      else changed.set(key, value);
    }
    const query = changed.toString();
    router.replace(query === '' ? path : `${path}?${query}`, { scroll: false });
  };
  const [a, b] = (params.get('compare') ?? '').split(',').map(Number);
  return {
    from: params.get('from'),
    to: params.get('to'),
    subject: params.get('subject'),
    answer: params.get('answer'),
    over: params.get('over') === 'shown' ? ('shown' as const) : ('newest' as const),
    act: ACTS.find((name) => name === params.get('do')) ?? null,
    compare: a && b && Number.isInteger(a) && Number.isInteger(b) ? ([a, b] as [number, number]) : null,
    change,
  };
}
export type MonitorAddress = ReturnType<typeof useMonitorAddress>;
