import { expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

it('gives equal values the same text, whatever the order of their keys', () => {
  const a = { b: [1, { y: null, x: 0.1 }], a: 'ä"', c: undefined };
  const b = { a: 'ä"', b: [1, { x: 0.1, y: null }] };
  expect(canonicalJson(a)).toBe(canonicalJson(b));
  expect(canonicalJson(a)).toBe('{"a":"ä\\"","b":[1,{"x":0.1,"y":null}]}');
});

it('is what a database that keeps JSON gives back', () => {
  const value = { n: 1e-7, big: 12345678901, list: [true, false, undefined], when: new Date(0) };
  expect(canonicalJson(JSON.parse(JSON.stringify(value)))).toBe(canonicalJson(value));
});
