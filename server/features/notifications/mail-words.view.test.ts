import { expect, test } from 'vitest';
import { mailOfDay, mailOfOne } from './mail-words.view.ts';

const URL = 'https://ml.example.org';
const told = {
  kind: 'promotion.requested',
  title: 'Sam asks to move <i>spam</i> v4\r\nBcc: x@example.test',
  text: 'It is "better" & faster.',
  href: '/mail/models/requests/1',
  count: 1,
  project: 'Mail',
};

test('a mail says what, where, why it came, and how to end it, in text and in HTML', () => {
  const { subject, text, html, preferencesUrl } = mailOfOne(told, URL);
  expect(subject).toBe('[Mail] Sam asks to move <i>spam</i> v4 Bcc: x@example.test');
  for (const part of ['It is "better" & faster.', `${URL}/mail/models/requests/1`, 'a promotion is asked for', preferencesUrl]) {
    expect(text).toContain(part);
  }
  expect(html).not.toMatch(/<i>|<script|<img/);
  expect(html).toContain('&#34;better&#34; &#38; faster');
});

test('the mail of the day goes by project', () => {
  const other = { ...told, title: 'An alert', project: 'Birds', count: 3 };
  const { subject, text } = mailOfDay([told, other], URL);
  expect(subject).toBe('Stagecraft today: 2 things');
  expect(text.indexOf('Birds: An alert')).toBeLessThan(text.indexOf('Mail: Sam'));
  expect(text).toContain('And 2 more before it.');
});
