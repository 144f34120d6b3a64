import { describe, expect, test } from 'vitest';
import { CARD_FORM, type ModelCard, modelCard } from './card.schema.ts';
import { diffCards } from './diff.ts';
import { markdownToHtml } from './markdown.ts';
import { cardToHtml, cardToMarkdown } from './render.ts';

const card = (over: Partial<ModelCard['sections'][number]> = {}, version = 2): ModelCard => ({
  form: CARD_FORM,
  project: 'mail',
  model: 'spam-filter',
  version,
  revision: 1,
  revisedBy: 'Sam',
  revisedAt: '2026-01-01T00:00:00.000Z',
  generatedAt: '2026-01-02T00:00:00.000Z',
  completeness: { asked: 2, written: 1, missing: ['Limits'] },
  sections: [
    {
      id: 'purpose',
      title: 'Intended purpose',
      annex: 'point 1(a)',
      facts: [{ term: 'First metric', value: 'f1.spam <b>*x*</b>' }],
      tables: [{ title: 'Slices', heads: ['slice', 'accuracy'], rows: [['a|b', '0.9']] }],
      texts: [{ key: 'purpose', question: 'For what', text: 'To **sort** mail.\n\n- one\n- two', required: true }],
      ...over,
    },
  ],
});

describe('Markdown as HTML', () => {
  test.each([
    ['# Title', '<h4>Title</h4>'],
    ['a **b** *c* _d_ `e<f`', '<p>a <strong>b</strong> <em>c</em> <em>d</em> <code>e&lt;f</code></p>'],
    ['snake_case_name stays', '<p>snake_case_name stays</p>'],
    ['- one\n- two\n  goes on\n\n1. first', '<ul><li>one</li><li>two\ngoes on</li></ul>\n<ol><li>first</li></ol>'],
    ['> said\n> so', '<blockquote><p>said\nso</p></blockquote>'],
    ['```\n<script>\n```', '<pre><code>&lt;script&gt;</code></pre>'],
    ['[here](https://example.org/a?b=1)', '<p><a href="https://example.org/a?b=1" rel="noopener noreferrer">here</a></p>'],
  ])('%j', (source, html) => expect(markdownToHtml(source)).toBe(html));

  test('runs nothing', () => {
    for (const evil of [
      '<img src=x onerror=alert(1)>',
      '[x](javascript:alert(1))',
      '[x](https://a" onmouseover="alert(1))',
      '![x](https://a.example/x.png)',
      '`</code><script>alert(1)</script>`',
      '> <iframe src=//x>',
    ]) {
      expect(markdownToHtml(evil)).not.toMatch(/<(script|img|iframe)|href="javascript|" onmouse/i);
    }
  });
});

test('a card as Markdown, HTML and JSON', () => {
  const markdown = cardToMarkdown(card());
  expect(markdown).toContain('# Model card: spam-filter v2');
  expect(markdown).toContain('## Intended purpose (Annex IV, point 1(a))');
  expect(markdown).toContain('- **First metric**: f1.spam \\<b\\>\\*x\\*\\</b\\>');
  expect(markdown).toContain('| a\\|b | 0.9 |');
  expect(markdown).toContain('To **sort** mail.');
  const html = cardToHtml(card());
  expect(html).toContain('<dd>f1.spam &lt;b&gt;*x*&lt;/b&gt;</dd>');
  expect(html).toContain('<ul><li>one</li><li>two</li></ul>');
  expect(html).not.toMatch(/<script|src=|<link|@import/);
  expect(modelCard.parse(JSON.parse(JSON.stringify(card())))).toEqual(card());
});

test('two cards side by side: only what differs', () => {
  expect(diffCards(card({}, 1), card())).toEqual([]);
  const after = card({ facts: [{ term: 'First metric', value: 'accuracy' }], texts: [] });
  expect(diffCards(card(), after)).toEqual([
    { section: 'Intended purpose', what: 'First metric', before: 'f1.spam <b>*x*</b>', after: 'accuracy' },
    { section: 'Intended purpose', what: 'For what', before: 'To **sort** mail.\n\n- one\n- two', after: null },
  ]);
});
