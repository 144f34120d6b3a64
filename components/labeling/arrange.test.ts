import { describe, expect, it } from 'vitest';
import { arrangeItem, countCharacters, paragraphs } from './arrange.ts';

describe('arrangeItem', () => {
  it('reads a mail: subject as title, sender and date around, body to read', () => {
    const arranged = arrangeItem(
      [
        { name: 'subject', kind: 'text' },
        { name: 'from_domain', kind: 'category' },
        { name: 'received_at', kind: 'time' },
        { name: 'body', kind: 'text' },
      ],
      { subject: 'Have tax problems?', from_domain: 'netzero.example', received_at: '2002-09-15T03:12:00.000Z', body: 'Do you?' },
    );
    expect(arranged.title).toBe('Have tax problems?');
    expect(arranged.meta.map((field) => field.name)).toEqual(['from_domain', 'received_at']);
    expect(arranged.body.map((field) => field.value)).toEqual(['Do you?']);
    expect(countCharacters(arranged.body)).toBe(7);
  });

  it('shows every column of a table without text, missing values too', () => {
    const arranged = arrangeItem(
      [
        { name: 'bill', kind: 'number' },
        { name: 'island', kind: 'category' },
      ],
      { bill: 39.1 },
    );
    expect(arranged).toEqual({
      title: null,
      meta: [],
      body: [
        { name: 'bill', kind: 'number', value: 39.1 },
        { name: 'island', kind: 'category', value: null },
      ],
    });
  });
});

describe('paragraphs', () => {
  it('divides at blank lines and keeps single breaks', () => {
    expect(paragraphs('one\r\ntwo\r\n \r\n\n  three\n')).toEqual(['one\ntwo', '  three']);
    expect(paragraphs('   \n\n ')).toEqual([]);
  });
});
