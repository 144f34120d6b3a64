import type { Verdict } from './session.ts';
import { verdictOf } from './session.ts';

export type Conflict = { reason: string; kept: ({ annotationId: string } & Verdict) | null };

/** What a CONFLICT of the server says beyond its words: why, and the own answer that it holds instead. */
export function conflictOf(error: unknown): Conflict | null {
  const details = field(field(error, 'data'), 'details');
  const reason = field(details, 'reason');
  if (typeof reason !== 'string') return null;
  const annotationId = field(details, 'annotationId');
  const label = field(details, 'label');
  const kept = reason === 'answered_by_you' && typeof annotationId === 'string';
  return {
    reason,
    kept: kept ? { annotationId, ...verdictOf({ label: typeof label === 'string' ? label : null, skipReason: null }) } : null,
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
