import { expect, it } from 'vitest';
import { figure, moment, type Report, range } from './blocks.ts';
import { reportHtml } from './html.ts';

const report: Report = {
  title: 'Promotion of <b>x</b>',
  foot: 'Request 1 · evidence abc',
  at: new Date(0),
  blocks: [
    { kind: 'text', text: '<script>alert(1)</script> & "quoted"', tone: 'bad' },
    { kind: 'table', heads: ['gate', 'figure'], rows: [['f1', '0.95']], figures: [1] },
    { kind: 'quote', by: 'Rita', text: 'Fine.' },
    { kind: 'facts', items: [{ term: 'Model', value: 'spam' }] },
    { kind: 'list', items: ['one'], tone: 'plain' },
  ],
  data: { note: '</script><script>alert(1)</script>' },
};

it('holds everything, runs nothing, and asks nobody for anything', () => {
  const html = reportHtml(report);
  expect(html).not.toMatch(/<script(?! type="application\/json")/);
  expect(html.match(/<\/script>/g)).toHaveLength(1);
  expect(html).not.toMatch(/(src|href)=/);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot;');
  expect(html).toContain('<td class="n">0.95</td>');
  const inside = /id="evidence">(.*?)<\/script>/.exec(html)?.[1] ?? '';
  expect(JSON.parse(inside)).toEqual(report.data);
  expect(reportHtml(report)).toBe(html);
});

it('writes figures, ranges and times plainly', () => {
  expect([figure(0.95), figure(null), range(0.1, 0.25, 2), range(null, 1)]).toEqual(['0.950', '–', '0.10 to 0.25', '–']);
  expect([moment(new Date('2026-01-02T03:04:05Z')), moment(null)]).toEqual(['2026-01-02 03:04 UTC', '–']);
});
