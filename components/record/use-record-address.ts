'use client';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';

const KEYS = ['at', 'model', 'prediction'] as const;
type Address = Partial<Record<(typeof KEYS)[number], string>>;

/** The moment, the model and the prediction that are asked about, kept in the address. */
export function useRecordAddress() {
  const params = useSearchParams();
  const router = useRouter();
  const path = usePathname();
  const text = params.get('at');
  const moment = text === null ? null : new Date(text);
  const set = (change: Address) => {
    const next = new URLSearchParams(params.toString());
    for (const [key, value] of Object.entries(change)) {
      if (value) next.set(key, value);
      else next.delete(key);
    }
    router.replace(next.size > 0 ? `${path}?${next}` : path, { scroll: false });
  };
  return {
    at: moment && !Number.isNaN(moment.getTime()) ? moment : null,
    model: params.get('model'),
    prediction: params.get('prediction'),
    set,
  };
}
