/**
 * Tokens exactly as the graph makes them: ONNX `StringNormalizer` (LOWER, locale C: only A-Z change) followed by
 * Microsoft's `Tokenizer` with the expression below. A test runs both on nasty texts.
 */
import { modelText } from '../domain/signature.ts';

/** The `tokenexp` attribute of the graph's tokenizer, on text that is lower case already. */
export const TOKEN_EXPRESSION = '[a-z0-9]+';

const PATTERN = /[A-Za-z0-9]+/g;

/** The tokens of a text in order; empty for null. */
export function tokenize(text: string | null): string[] {
  const tokens = modelText(text).match(PATTERN);
  if (!tokens) return [];
  // Only ASCII letters and digits are left, so toLowerCase can't depend on any locale.
  return tokens.map((token) => token.toLowerCase());
}
