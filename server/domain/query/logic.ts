/** Kleene's three-valued logic: null stands for "can't be judged", and spreads only where it matters. */
import type { CompareOp } from './ast.ts';

export type Truth = boolean | null;

export function every(values: readonly Truth[]): Truth {
  if (values.includes(false)) return false;
  return values.includes(null) ? null : true;
}

export function some(values: readonly Truth[]): Truth {
  if (values.includes(true)) return true;
  return values.includes(null) ? null : false;
}

export function negate(value: Truth): Truth {
  return value === null ? null : !value;
}

/** Compares two values; null when one is missing, or when a number and a text are put in an order. */
export function compare(left: number | string | null, op: CompareOp, right: number | string | null): Truth {
  if (left === null || right === null) return null;
  if (typeof left !== typeof right) return op === '=' ? false : op === '!=' ? true : null;
  switch (op) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

/** SQL's LIKE: % for any characters, _ for one, \ before one that stands for itself. Never slower than text times pattern. */
export function like(text: string | null, pattern: string, insensitive: boolean): Truth {
  if (text === null) return null;
  const fold = (value: string) => (insensitive ? value.toLowerCase() : value);
  const source = [...pieces(fold(pattern))];
  const chars = [...fold(text)];
  let [at, in_, star, mark] = [0, 0, -1, 0];
  while (at < chars.length) {
    const piece = source[in_];
    if (piece && piece !== ANY && (piece === ONE || piece.char === chars[at])) {
      at += 1;
      in_ += 1;
    } else if (piece === ANY) {
      star = in_;
      mark = at;
      in_ += 1;
    } else if (star >= 0) {
      in_ = star + 1;
      mark += 1;
      at = mark;
    } else return false;
  }
  return source.slice(in_).every((piece) => piece === ANY);
}

const ANY = { char: null, any: true };
const ONE = { char: null, any: false };

function* pieces(pattern: string): Generator<{ char: string | null; any: boolean }> {
  let escaped = false;
  for (const char of pattern) {
    if (escaped || (char !== '%' && char !== '_' && char !== '\\')) {
      yield { char, any: false };
      escaped = false;
    } else if (char === '\\') escaped = true;
    else yield char === '%' ? ANY : ONE;
  }
  if (escaped) yield { char: '\\', any: false };
}
