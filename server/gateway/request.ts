import { modelText } from '#server/domain/signature.ts';
import { DomainError } from '#server/errors.ts';

/** Rows of one request at most. */
export const MAX_ROWS = 1_000;
const KEY_LENGTH = 256;

/** A caller's event time as ISO 8601 in UTC; null when none was given. */
export function readEventTime(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new DomainError('INVALID', 'event_time must be a time in ISO 8601, for example 2026-03-01T12:30:00Z.');
  }
  return new Date(time).toISOString();
}

/** The key by which requests of one customer, session or document get the same arm; null when none was given. */
export function readRoutingKey(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const key = typeof value === 'number' ? String(value) : value;
  if (typeof key !== 'string' || key.length === 0 || key.length > KEY_LENGTH) {
    throw new DomainError('INVALID', `routing_key must be a text of 1 to ${KEY_LENGTH} characters.`);
  }
  return modelText(key);
}
