import { describe, expect, it } from 'vitest';
import { formatContribution, strongestWords } from './words.ts';

describe('words of an explanation', () => {
  it('go together when they are the same, the strongest first, either way', () => {
    const text = 'Win money, win';
    const words = [
      { from: 0, to: 3, contribution: 1 },
      { from: 4, to: 9, contribution: -3 },
      { from: 11, to: 14, contribution: 0.5 },
    ];
    expect(strongestWords(text, words, 5)).toEqual([
      { word: 'money', times: 1, contribution: -3 },
      { word: 'win', times: 2, contribution: 1.5 },
    ]);
  });

  it('show probabilities in points', () => {
    expect(formatContribution(-0.123, 'probability')).toBe('−12.3 pts');
    expect(formatContribution(1.5, 'log_odds')).toBe('+1.50');
  });
});
