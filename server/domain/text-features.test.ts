import { expect, it } from 'vitest';
import { textFeatures } from './text-features.ts';

it('counts what a person would count', () => {
  expect(textFeatures('BUY now: http://a.example or www.b.example 50%')).toEqual({
    length: 46,
    links: 2,
    capitals: 3 / 31,
    digits: 2 / 46,
  });
});

it('has no figures for a missing text and no shares of nothing', () => {
  expect(textFeatures(null)).toEqual({ length: null, links: null, capitals: null, digits: null });
  expect(textFeatures('')).toEqual({ length: 0, links: 0, capitals: null, digits: null });
  expect(textFeatures('ÄÖ ß 12')).toMatchObject({ capitals: 2 / 3, digits: 2 / 7 });
});
