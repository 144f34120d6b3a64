/**
 * The short notation of expectations, so that a row of tests can be typed, pasted from a spreadsheet and kept in a file.
 *   minimum      spam · not spam · spam >= 0.9 · spam 0.2..0.6 · 10..14 · 12 ± 0.5 (figures without a class: the value)
 *   invariance   empty (the answer stays) · within 0.1 (and its score, or the value, moves by no more)
 *   directional  spam up · spam down 0.2 · up 3
 *   regression   as minimum
 */
import type { TestKind } from './test.schema.ts';

export type Expectation =
  | { kind: 'answer'; class: string; is: boolean }
  /** The probability of a class, or the value where `class` is null, lies between both ends. */
  | { kind: 'score'; class: string | null; from: number; to: number }
  | { kind: 'same'; within: number | null }
  | { kind: 'move'; class: string | null; direction: 'up' | 'down'; by: number };

export type Parsed<T> = { ok: true; value: T } | { ok: false; error: string };

const NUMBER = '[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[-+]?\\d+)?';
const BOUND = new RegExp(`^(.*?)\\s*(>=|<=|>|<)\\s*(${NUMBER})$`, 'i');
const RANGE = new RegExp(`^(.*?)\\s*(${NUMBER})\\s*\\.\\.\\s*(${NUMBER})$`, 'i');
const AROUND = new RegExp(`^(.*?)\\s*(${NUMBER})\\s*(?:±|\\+-|\\+/-)\\s*(${NUMBER})$`, 'i');
const WITHIN = new RegExp(`^(?:within|±|\\+-|\\+/-)\\s*(${NUMBER})$`, 'i');
const MOVE = new RegExp(`^(.*?)\\s*\\b(up|down)\\b(?:\\s+(?:by\\s+)?(${NUMBER}))?$`, 'i');

/**
 * Reads the cell "expected" of a row.
 * @param classes of the model; null for one that gives figures
 */
export function parseExpectation(text: string, kind: TestKind, classes: readonly string[] | null): Parsed<Expectation> {
  const words = text.trim();
  if (kind === 'invariance') {
    if (words === '' || /^same$/i.test(words)) return ok({ kind: 'same', within: null });
    const within = WITHIN.exec(words);
    if (within) return ok({ kind: 'same', within: Math.abs(Number(within[1])) });
    return fail('Leave it empty (the answer may not change), or write how far the score may move: within 0.1.');
  }
  if (kind === 'directional') {
    const move = MOVE.exec(words);
    if (!move) return fail(`Write which way it must go: ${classes ? `${classes[0] ?? 'spam'} up 0.1` : 'up 0.1'}.`);
    return named(move[1] ?? '', classes, (name) => ({
      kind: 'move',
      class: name,
      direction: /up/i.test(move[2] ?? '') ? 'up' : 'down',
      by: Math.abs(Number(move[3] ?? 0)),
    }));
  }
  if (words === '')
    return fail(classes ? `Write the expected class: ${classes.slice(0, 3).join(', ')}.` : 'Write the expected range: 10..14.');
  if (classes?.includes(unquote(words))) return ok({ kind: 'answer', class: unquote(words), is: true });
  const range = rangeOf(words);
  if (range) return named(range.name, classes, (name) => ({ kind: 'score', class: name, from: range.from, to: range.to }));
  const not = /^not\s+(.+)$/i.exec(words);
  const name = unquote(not?.[1] ?? words);
  if (classes?.includes(name)) return ok({ kind: 'answer', class: name, is: false });
  return fail(
    classes
      ? `The model has no class "${name}". It has ${listed(classes)}.`
      : 'Write a range that the value must lie in: 10..14, >= 3, or 12 ± 0.5.',
  );
}

/** The expectation in words, for results and print. */
export function describeExpectation(value: Expectation): string {
  if (value.kind === 'answer') return value.is ? `it says ${value.class}` : `it doesn’t say ${value.class}`;
  if (value.kind === 'same') return value.within === null ? 'the answer stays' : `the answer stays, within ${value.within}`;
  const what = value.class === null ? 'the value' : `the probability of ${value.class}`;
  if (value.kind === 'move') return `${what} goes ${value.direction}${value.by > 0 ? ` by ${value.by} at least` : ''}`;
  if (value.from === Number.NEGATIVE_INFINITY) return `${what} is ${value.to} at most`;
  if (value.to === Number.POSITIVE_INFINITY) return `${what} is ${value.from} at least`;
  return `${what} lies between ${value.from} and ${value.to}`;
}

function rangeOf(text: string): { name: string; from: number; to: number } | null {
  const bound = BOUND.exec(text);
  if (bound) {
    const limit = Number(bound[3]);
    const above = bound[2]?.startsWith('>') ?? false;
    return { name: bound[1] ?? '', from: above ? limit : Number.NEGATIVE_INFINITY, to: above ? Number.POSITIVE_INFINITY : limit };
  }
  const range = RANGE.exec(text);
  if (range) {
    const [a, b] = [Number(range[2]), Number(range[3])];
    return { name: range[1] ?? '', from: Math.min(a, b), to: Math.max(a, b) };
  }
  const around = AROUND.exec(text);
  if (!around) return null;
  const [middle, by] = [Number(around[2]), Math.abs(Number(around[3]))];
  return { name: around[1] ?? '', from: middle - by, to: middle + by };
}

function named(raw: string, classes: readonly string[] | null, make: (name: string | null) => Expectation): Parsed<Expectation> {
  const name = unquote(raw.trim());
  if (classes === null) return name === '' ? ok(make(null)) : fail('This model gives a figure, no classes: leave the name out.');
  if (name === '') return fail(`Name the class whose score is meant: ${listed(classes)}.`);
  if (!classes.includes(name)) return fail(`The model has no class "${name}". It has ${listed(classes)}.`);
  return ok(make(name));
}

function listed(classes: readonly string[]): string {
  return classes.length > 6 ? `${classes.slice(0, 6).join(', ')} and ${classes.length - 6} more` : classes.join(', ');
}

/** A word without the quotation marks around it. */
export function unquote(text: string): string {
  const inner = /^"(.*)"$/s.exec(text.trim());
  return inner ? (inner[1] ?? '').replaceAll('\\"', '"').replaceAll('\\n', '\n') : text.trim();
}

export function ok<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function fail(error: string): { ok: false; error: string } {
  return { ok: false, error };
}
