/** A text of the language in coloured pieces, for the field in which it is written. */
import {
  And,
  Close,
  Comma,
  Compare,
  endOf,
  ILike,
  In,
  Is,
  Like,
  Not,
  Null,
  Num,
  Open,
  Or,
  Path,
  Text,
  tokenize,
} from './tokens.ts';

export type Piece = { text: string; kind: 'key' | 'value' | 'op' | 'plain' };

/** All characters of the text, in order; what can't be read is plain. */
export function highlight(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const token of tokenize(text).tokens) {
    if (token.startOffset > at) pieces.push({ text: text.slice(at, token.startOffset), kind: 'plain' });
    pieces.push({ text: token.image, kind: KINDS.get(token.tokenType) ?? 'plain' });
    at = endOf(token);
  }
  if (at < text.length) pieces.push({ text: text.slice(at), kind: 'plain' });
  return pieces;
}

const KINDS = new Map<unknown, Piece['kind']>([
  [Path, 'key'],
  [Num, 'value'],
  [Text, 'value'],
  [Null, 'value'],
  ...[And, Or, Not, In, Is, Like, ILike, Compare].map((type) => [type, 'op'] as const),
  ...[Open, Close, Comma].map((type) => [type, 'plain'] as const),
]);
