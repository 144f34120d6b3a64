import type { Parsed } from '#server/domain/query/expression.ts';
import { parseExpression } from '#server/domain/query/expression.ts';

/** What the record can be searched by, as the language names it. */
export const AUDIT_KEYS = [
  { text: 'actor', note: 'who, by name' },
  { text: 'actor_kind', note: 'user, token or system', values: ['user', 'token', 'system'] },
  { text: 'action', note: 'what was done' },
  { text: 'target', note: 'on what, by name' },
  { text: 'target_type', note: 'what kind of thing' },
  { text: 'target_id', note: 'its id' },
  { text: 'reason', note: 'why' },
  { text: 'at', note: 'when', kind: 'time' as const },
  { text: 'text', note: 'anywhere in the entry' },
  { text: 'seq', note: 'place in the chain', kind: 'number' as const },
];

const PLAIN = /^[\p{L}\p{N}\s@_.:/-]+$/u;
const KEYWORD = /\b(and|or|not|in|like|ilike|is)\b/i;

/** A search of the record. Plain words without any sign look for themselves anywhere in an entry. */
export function parseAuditQuery(text: string): Parsed {
  const words = text.trim();
  if (PLAIN.test(words) && !KEYWORD.test(words)) return parseExpression(`text ilike '%${words.replace(/\s+/g, '%')}%'`);
  return parseExpression(words);
}
