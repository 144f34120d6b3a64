/** The words of the search language. Order matters: the first pattern that fits wins. */
import { createToken, type IToken, Lexer, type TokenType } from 'chevrotain';
import type { QueryError } from './ast.ts';
import { PATH_PATTERN } from './path.ts';

const path = new RegExp(PATH_PATTERN.source);
export const Path = createToken({ name: 'Path', label: 'a key', pattern: path });
const word = (name: string) =>
  createToken({ name, label: name.toLowerCase(), pattern: new RegExp(`${name}\\b`, 'i'), longer_alt: Path });
export const And = word('And');
export const Or = word('Or');
export const Not = word('Not');
export const In = word('In');
export const ILike = word('ILike');
export const Like = word('Like');
export const Is = word('Is');
export const Null = word('Null');
export const Compare = createToken({ name: 'Compare', label: 'a comparison (= != < <= > >=)', pattern: /!=|<=|>=|=|<|>/ });
export const Num = createToken({
  name: 'Num',
  label: 'a number',
  pattern: /[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])/,
});
export const Text = createToken({ name: 'Text', label: 'a text in quotes', pattern: /'(?:[^']|'')*'|"(?:[^"]|"")*"/ });
export const Open = createToken({ name: 'Open', label: '(', pattern: '(' });
export const Close = createToken({ name: 'Close', label: ')', pattern: ')' });
export const Comma = createToken({ name: 'Comma', label: ',', pattern: ',' });
const Space = createToken({ name: 'Space', pattern: /\s+/, group: Lexer.SKIPPED });

export const TOKENS: TokenType[] = [Space, And, Or, Not, In, ILike, Like, Is, Null, Path, Num, Text, Compare, Open, Close, Comma];
const lexer = new Lexer(TOKENS, { positionTracking: 'onlyOffset', ensureOptimizations: false });

/** Cuts a text into words; what fits nowhere becomes an error at its place. */
export function tokenize(text: string): { tokens: IToken[]; errors: QueryError[] } {
  const { tokens, errors } = lexer.tokenize(text);
  return {
    tokens,
    errors: errors.map(({ offset, length }) => ({
      from: offset,
      to: offset + Math.max(1, length),
      message: misfit(text.slice(offset, offset + length)),
    })),
  };
}

/** Where a word ends, as an offset behind its last character. */
export function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}

function misfit(text: string): string {
  const first = text[0] ?? '';
  if (`'"\``.includes(first)) return `The quote ${first} that begins here isn't closed.`;
  const instead = { '&': 'Write “and”.', '|': 'Write “or”.', '!': 'Write “not”, or != for “is not”.' }[first];
  return `${text.length > 12 ? `${text.slice(0, 12)}…` : text} means nothing here. ${instead ?? ''}`.trim();
}
