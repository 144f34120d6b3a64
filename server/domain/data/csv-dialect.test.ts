import { expect, test } from 'vitest';
import { cleanColumnNames, looksLikeHeader, readCsvRecords, sniffDelimiter } from './csv-dialect.ts';

test('records keep quoted delimiters, line breaks and doubled quotes', () => {
  expect(readCsvRecords('a,"b,1","c ""d""\nx"\r\n1,2,3\n', ',', 10)).toEqual([
    ['a', 'b,1', 'c "d"\nx'],
    ['1', '2', '3'],
  ]);
});

test('an unfinished quoted cell at the end of a head is left out', () => {
  expect(readCsvRecords('a,b\n1,"two', ',', 10)).toEqual([['a', 'b']]);
});

test.each([
  ['a;b;c\n1;2,5;3\n4;5,5;6\n', ';'],
  ['a\tb\n1, 2\t3\n', '\t'],
  ['name|note\nx|a, b, c\ny|d\n', '|'],
  ['only\none\ncolumn\n', ','],
  ['id,text\n1,"a; b; c"\n2,"d; e; f"\n', ','],
])('the delimiter of %j', (text, delimiter) => {
  expect(sniffDelimiter(text)).toBe(delimiter);
});

test('a header has no numbers; with numbers below it may have gaps and repetition', () => {
  expect(
    looksLikeHeader([
      ['id', 'mass'],
      ['1', '2.5'],
    ]),
  ).toBe(true);
  expect(
    looksLikeHeader([
      ['1', '2.5'],
      ['2', '3'],
    ]),
  ).toBe(false);
  expect(
    looksLikeHeader([
      ['a', 'a'],
      ['b', 'c'],
    ]),
  ).toBe(false);
  expect(
    looksLikeHeader([
      ['a', '', 'a'],
      ['b', 'c', '3'],
    ]),
  ).toBe(true);
});

test('hostile names become usable ones, different even without regard to case', () => {
  expect(cleanColumnNames(['a', 'A', '', '_row', ' b\n\u0000c ', "x'; drop table y --", '"q"'])).toEqual([
    'a',
    'A_2',
    'column_3',
    'row',
    'b c',
    "x'; drop table y --",
    '"q"',
  ]);
});
