import { describe, expect, it } from 'vitest';
import { SparseBuilder } from '../sparse.ts';
import { fitText } from './text.ts';

const DOCUMENTS = [
  'Free money now! Free, free offer',
  'Meeting at noon about money',
  'the offer ends now',
  'Lunch at noon?',
  'FREE lunch offer for the meeting',
];

function fitted(vocabularySize: number, ngramMax = 2) {
  const fitting = fitText('t', DOCUMENTS, { rows: [0, 1, 2, 3, 4], ngramMax, vocabularySize });
  for (;;) {
    const at = fitting.next();
    if (at.done) return at.value;
  }
}

function row(encoding: ReturnType<typeof fitted>, index: number): Record<string, number> {
  const out = new SparseBuilder(1);
  encoding.write(index, 0, out);
  out.endRow();
  const { indices, values } = out.finish(encoding.encoder.width);
  return Object.fromEntries(Array.from(indices, (column, i) => [encoding.encoder.terms[column]?.join(' '), values[i] ?? 0]));
}

describe('TF-IDF', () => {
  it('gives the figures of scikit-learn', () => {
    // scikit-learn 1.9.1: TfidfVectorizer(ngram_range=(1, 2), token_pattern='[a-z0-9]+') on the same five texts.
    const expected = {
      free: 0.681633,
      money: 0.227211,
      now: 0.227211,
      offer: 0.188606,
      'free money': 0.281622,
      'money now': 0.281622,
      'now free': 0.281622,
      'free free': 0.281622,
      'free offer': 0.281622,
    };
    const found = row(fitted(1000), 0);
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
    for (const [term, value] of Object.entries(expected)) expect(found[term]).toBeCloseTo(value, 5);
  });

  it('keeps the terms found in most texts, shorter ones first', () => {
    const { terms } = fitted(3).encoder;
    // Only "offer" is in three texts; of those in two, the first seen fill the room.
    expect(terms.map((term) => term.join(' '))).toEqual(['free', 'money', 'offer']);
  });

  it('finds triples only inside a text', () => {
    const terms = fitted(1000, 3).encoder.terms.map((term) => term.join(' '));
    expect(terms).toContain('offer ends now');
    expect(terms).not.toContain('free offer meeting');
  });
});
