import type { z } from 'zod';
import type { searchPredictionsInput } from '#server/features/predictions/predictions.schema.ts';

const KEYS = ['id', 'deployment', 'version', 'arm', 'label', 'result', 'clock', 'from', 'to'] as const;
export type PredictionFilters = Partial<Record<(typeof KEYS)[number], string>>;
type Search = z.input<typeof searchPredictionsInput>;

const ARMS = ['primary', 'canary'] as const;
const RESULTS = ['right', 'wrong', 'open', 'failed'] as const;

/** The filters in a query string; what isn't one is left out. */
export function readFilters(text: string): PredictionFilters {
  const found = new URLSearchParams(text);
  return Object.fromEntries(KEYS.flatMap((key) => (found.get(key) ? [[key, found.get(key)]] : [])));
}

/** The query string with some filters changed; an empty value takes one away. */
export function writeFilters(text: string, change: PredictionFilters): string {
  const next = new URLSearchParams(text);
  for (const [key, value] of Object.entries(change)) {
    if (value) next.set(key, value);
    else next.delete(key);
  }
  return next.toString();
}

/** The filters as the server takes them. Days are whole days of the viewer's zone. */
export function toSearch(filters: PredictionFilters): Omit<Search, 'cursor' | 'limit'> {
  const { id, deployment, label } = filters;
  const version = Number(filters.version);
  const arm = ARMS.find((value) => value === filters.arm);
  const result = RESULTS.find((value) => value === filters.result);
  const from = dayStart(filters.from, 0);
  const to = dayStart(filters.to, 1);
  return {
    clock: filters.clock === 'event' ? 'event' : 'arrival',
    ...(id ? { requestId: id } : {}),
    ...(deployment ? { deployment } : {}),
    ...(Number.isInteger(version) && version > 0 ? { version } : {}),
    ...(arm ? { arm } : {}),
    ...(label ? { label } : {}),
    ...(result ? { result } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  };
}

function dayStart(day: string | undefined, add: number): Date | null {
  const [year, month, date] = day?.split('-').map(Number) ?? [];
  return year && month && date ? new Date(year, month - 1, date + add) : null;
}
