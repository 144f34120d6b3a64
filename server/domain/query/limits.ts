/** How large a text of the language may be: it is parsed on every keystroke and on every request. */
import type { IToken } from 'chevrotain';
import type { QueryError } from './ast.ts';
import { Close, endOf, Not, Open } from './tokens.ts';

export const MAX_LENGTH = 4000;
export const MAX_DEPTH = 24;
export const MAX_TOKENS = 1200;

/** The first limit that a text exceeds, at its place; null when it keeps all. */
export function beyondLimits(tokens: readonly IToken[]): QueryError | null {
  if (tokens.length > MAX_TOKENS) {
    const token = tokens[MAX_TOKENS];
    return token ? at(token, `This is longer than ${MAX_TOKENS} words. Make it shorter, or two conditions of it.`) : null;
  }
  let depth = 0;
  let nots = 0;
  for (const token of tokens) {
    nots = token.tokenType === Not ? nots + 1 : 0;
    if (token.tokenType === Open) depth += 1;
    if (token.tokenType === Close) depth -= 1;
    if (depth > MAX_DEPTH || nots > MAX_DEPTH) return at(token, `This is nested more than ${MAX_DEPTH} deep. Make it flatter.`);
  }
  return null;
}

function at(token: IToken, message: string): QueryError {
  return { from: token.startOffset, to: endOf(token), message };
}
