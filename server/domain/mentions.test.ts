import { describe, expect, it } from 'vitest';
import { mentionBefore, mentionsIn } from './mentions.ts';

const PEOPLE = [
  { id: 'r', name: 'Rita' },
  { id: 'rw', name: 'Rita Wells' },
  { id: 'z', name: 'Zoë' },
];

describe('mentions in a text', () => {
  it.each([
    ['@Rita, please look', ['r']],
    ['@rita wells: and @Zoë?', ['rw', 'z']],
    ['mail me at sam@rita.org', []],
    ['@Ritas view', []],
    ['nothing', []],
    ['(@Zoë)', ['z']],
    ['@Rita @Rita', ['r', 'r']],
  ])('%s', (text, ids) => {
    expect(mentionsIn(text, PEOPLE).map((mention) => mention.id)).toEqual(ids);
  });

  it('says where each stands', () => {
    expect(mentionsIn('see @Zoë.', PEOPLE)).toEqual([{ from: 4, to: 8, id: 'z', name: 'Zoë' }]);
  });
});

describe('a name that is being typed', () => {
  it.each([
    ['ask @Ri', 7, { from: 4, typed: 'Ri' }],
    ['ask @', 5, { from: 4, typed: '' }],
    ['a@b', 3, null],
    ['@Rita\nnext', 10, null],
    ['none', 4, null],
  ])('%j at %d', (text, caret, expected) => {
    expect(mentionBefore(text, caret)).toEqual(expected);
  });
});
