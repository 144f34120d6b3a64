import { describe, expect, it } from 'vitest';
import { changeOf, figureWords, type PlainFigure, sparkDomain } from './plain-figure.ts';

const figure = (more: Partial<PlainFigure> = {}): PlainFigure => ({
  id: 'right',
  label: 'Right when it says spam',
  value: 0.89,
  lower: 0.8,
  upper: 0.94,
  of: 43,
  history: [0.98, null, 0.89],
  ...more,
});
const o = { window: 'week' as const, failed: 0 };

describe('a figure in plain words', () => {
  it('says of how many, and what it was when that lies outside the interval', () => {
    expect(figureWords(figure(), o)).toEqual({
      value: '89',
      unit: 'of 100',
      note: '▼ was 98 · of 43',
      tone: 'bad',
      title: 'Right when it says spam: 89 of 100, 95 % interval 80 to 94, from 43 with a known outcome; 98 the week before',
    });
  });

  it('does not call noise a change', () => {
    expect(figureWords(figure({ history: [0.9, 0.89] }), o)).toMatchObject({ note: 'of 43 · no clear change', tone: undefined });
    expect(figureWords(figure({ history: [0.89] }), o).note).toBe('of 43');
  });

  it('knows for which figures less is better', () => {
    const held = figure({ id: 'held', value: 0.005, lower: 0.001, upper: 0.01, history: [0.05, 0.005] });
    expect(figureWords(held, o)).toMatchObject({ value: '5', unit: 'in 1,000', tone: 'good' });
  });

  it('never rounds to all or none', () => {
    expect(figureWords(figure({ value: 0.998, lower: null, upper: null, history: [] }), o).value).toBe('99.8');
    expect(figureWords(figure({ value: 1, lower: null, upper: null, history: [] }), o).value).toBe('100');
  });

  it('tells latency with its requests', () => {
    const latency = figure({ id: 'latency', label: '99 of 100 answered within', value: 3.84, of: 1903 });
    expect(figureWords(latency, o)).toMatchObject({ value: '3.8', unit: 'ms', note: '1,903 requests, none failed' });
    expect(figureWords(latency, { ...o, failed: 2 })).toMatchObject({ note: '1,903 requests, 2 failed', tone: 'bad' });
  });

  it('says when nothing is known', () => {
    expect(figureWords(figure({ value: null, history: [] }), o)).toMatchObject({ value: '–', note: 'no outcome yet' });
  });

  it('compares with the last window that had a value', () => {
    expect(changeOf(figure())).toEqual({ before: 0.98, moved: -1 });
    expect(changeOf(figure({ history: [] }))).toEqual({ before: null, moved: 0 });
  });
});

describe('the axis of a sparkline', () => {
  it('has a least height and stays within 0 and 1', () => {
    expect(sparkDomain([0.2, null, 0.9], 0.1)).toEqual([0.2, 0.9]);
    expect(sparkDomain([0.99, 1], 0.2)).toEqual([0.8, 1]);
    expect(sparkDomain([0, 0], 0.2)[0]).toBe(0);
    expect(sparkDomain([null], 0.2)).toEqual([0, 1]);
  });
});
