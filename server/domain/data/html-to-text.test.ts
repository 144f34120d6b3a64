import { expect, test } from 'vitest';
import { htmlToText } from './html-to-text.ts';

test('words stay, tags, scripts, styles and comments go', () => {
  const html =
    '<html><head><title>x</title><style>p{}</style></head><body><p>One&nbsp;&amp; two</p><!-- no --><script>alert(1)</script>Three<br>four</body></html>';
  expect(htmlToText(html)).toBe('One & two\nThree\nfour');
});

test('entities by name and number, and what only looks like one', () => {
  expect(htmlToText('&#72;&#x69; &eacute; &nosuch; a < b &#0; &#xD800;x')).toBe('Hi é &nosuch; a < b x');
});

test('what is left open loses no words', () => {
  expect(htmlToText('before <script>after')).toBe('before after');
  expect(htmlToText('before <!-- after > end')).toBe('before end');
  expect(htmlToText('cut <a href="')).toBe('cut');
});

test('hostile input costs no more than its length', () => {
  const started = performance.now();
  htmlToText('<script>'.repeat(100_000));
  htmlToText('<!--'.repeat(200_000));
  htmlToText('<'.repeat(300_000));
  expect(performance.now() - started).toBeLessThan(3000);
});
