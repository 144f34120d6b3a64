/** The one language of conditions: gates over evidence, search over versions, runs and the record. */
import type { Expression, QueryError } from './ast.ts';
import { resolveCalls } from './check.ts';
import { beyondLimits, MAX_LENGTH } from './limits.ts';
import { parseTokens } from './parser.ts';
import { endOf, Num, tokenize } from './tokens.ts';

export type Parsed = { ok: true; ast: Expression } | { ok: false; errors: QueryError[] };

/**
 * Reads a condition. Errors stand at the characters that they are about, in plain words; they are never thrown.
 * @param text at most 4,000 characters, nested at most 24 deep
 */
export function parseExpression(text: string): Parsed {
  if (text.length > MAX_LENGTH) {
    const message = `A condition has at most ${MAX_LENGTH} characters; this one has ${text.length}.`;
    return { ok: false, errors: [{ from: MAX_LENGTH, to: text.length, message }] };
  }
  const nul = text.indexOf('\u0000');
  if (nul >= 0) return { ok: false, errors: [{ from: nul, to: nul + 1, message: 'Here is a character that no text can hold.' }] };
  const { tokens, errors } = tokenize(text);
  if (errors.length > 0) return { ok: false, errors };
  if (tokens.length === 0)
    return { ok: false, errors: [{ from: 0, to: text.length, message: 'Write a condition, such as accuracy >= 0.9.' }] };
  const infinite = tokens.find((token) => token.tokenType === Num && !Number.isFinite(Number(token.image)));
  if (infinite)
    return { ok: false, errors: [{ from: infinite.startOffset, to: endOf(infinite), message: 'This number is too large.' }] };
  const beyond = beyondLimits(tokens);
  if (beyond) return { ok: false, errors: [beyond] };
  const { parsed, calls, errors: misfits } = parseTokens(tokens);
  if (misfits.length > 0) {
    return {
      ok: false,
      errors: misfits.map(({ token, message }) => {
        const atEnd = Number.isNaN(token.startOffset) || token.image === '';
        return atEnd
          ? { from: text.length, to: text.length + 1, message }
          : { from: token.startOffset, to: endOf(token), message };
      }),
    };
  }
  const resolved = resolveCalls(parsed, calls);
  return resolved.errors.length > 0 ? { ok: false, errors: resolved.errors } : { ok: true, ast: resolved.ast };
}
