import { describe, expect, it } from 'vitest';
import { type NewsEntry, newsWords } from './news-words.ts';

const entry = (action: string, target: string, more: Partial<NewsEntry> = {}): NewsEntry => ({
  id: '1',
  at: new Date(0),
  actor: 'Ada',
  action,
  target,
  reason: null,
  ...more,
});

describe('news in plain words', () => {
  it.each([
    ['promotion.requested', 'spam-filter v4 to staging', 'spam-filter v4 proposed for staging'],
    ['promotion.approved', 'spam-filter v2 to production', 'spam-filter v2 approved for production'],
    ['rollout.complete', 'spam-filter, rollout 1 of v2', 'spam-filter v2 answers all requests'],
    ['rollout.start', 'mail, rollout 1 of spam-filter v2', 'spam-filter v2 begins to answer'],
    ['dataset.version.ready', 'mail v3', 'mail v3 is ready'],
    ['alert.opened', 'spam-filter: answer', 'Drift alert: spam-filter, its answers'],
    ['alert.opened', 'spam-filter: body.length', 'Drift alert: spam-filter, length of body'],
    ['alert.acknowledged', 'from_domain', 'Drift seen to: from_domain'],
  ])('%s of %s', (action, target, title) => {
    expect(newsWords(entry(action, target)).title).toBe(title);
  });

  it('says who and why', () => {
    expect(newsWords(entry('promotion.refused', 'a v1 to staging', { reason: 'A slice fell.' }))).toEqual({
      title: 'a v1 refused for staging',
      note: 'Ada: “A slice fell.”',
      tone: 'bad',
    });
    expect(newsWords(entry('promotion.requested', 'a v1 to staging')).note).toBe('Ada');
  });

  it('says what happened on its own', () => {
    const told = newsWords(entry('rollout.roll-back', 'spam-filter, rollout 2 of v3', { actor: 'Stagecraft', reason: 'Worse.' }));
    expect(told).toEqual({ title: 'spam-filter v3 was rolled back on its own', note: 'Worse.', tone: 'bad' });
  });

  it('cuts a long reason at a word', () => {
    const { note } = newsWords(entry('rollout.advance', 'x, rollout 1 of v2', { reason: 'word '.repeat(60) }));
    expect(note?.length).toBeLessThan(110);
    expect(note).toMatch(/word …”$/);
  });

  it('tells an act it has no words for by its name', () => {
    expect(newsWords(entry('something.new-thing', 'mail')).title).toBe('mail: something new thing');
    expect(newsWords(entry('promotion.requested', 'odd')).title).toBe('odd proposed');
  });
});
