import { describe, expect, it } from 'vitest';
import { latinText } from './latin-text.ts';
import { reportPdf } from './pdf.ts';

type Report = Parameters<typeof reportPdf>[0];

const report = (rows: number): Report => ({
  title: 'Promotion of spam-filter v2',
  foot: 'Request 1',
  at: new Date('2026-01-02T03:04:05Z'),
  blocks: [
    { kind: 'heading', level: 2, text: 'Gates' },
    { kind: 'text', text: 'All pass.', tone: 'good' },
    { kind: 'list', items: ['one', 'two'] },
    { kind: 'quote', by: 'Rita', text: 'Zoë said “≥ 0.9”.' },
    { kind: 'facts', items: [{ term: 'Model', value: 'x'.repeat(400) }] },
    { kind: 'table', heads: ['row', 'figure'], rows: Array.from({ length: rows }, (_, i) => [`row ${i}`, '0.5']), figures: [1] },
  ],
});
const pages = (pdf: Buffer) => Number(/\/Type \/Pages\n\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1]);

describe('a report as PDF', () => {
  it('is the same bytes for the same report', async () => {
    const [one, two] = [await reportPdf(report(5)), await reportPdf(report(5))];
    expect(one.subarray(0, 5).toString()).toBe('%PDF-');
    expect(one.equals(two)).toBe(true);
    expect(one.equals(await reportPdf(report(6)))).toBe(false);
  });

  it('goes on over pages', async () => {
    expect(pages(await reportPdf(report(5)))).toBe(1);
    expect(pages(await reportPdf(report(200)))).toBeGreaterThan(3);
  });
});

describe('characters', () => {
  it.each([
    ['Zoë – “x” €', 'Zoë – “x” €'],
    ['F1 ≥ 0.9 − 1 → 2', 'F1 >= 0.9 - 1 -> 2'],
    ['Łukasz Čapek', '?ukasz Capek'],
    ['日本\u0000\tx', '?? x'],
  ])('%j', (text, expected) => {
    expect(latinText(text)).toBe(expected);
  });
});
