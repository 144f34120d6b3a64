import { describe, expect, it } from 'vitest';
import type { RequestItem } from '#server/features/models/promotions.schema.ts';
import { matching, readFilter, sortIntoBoxes, writeFilter } from './inbox-filter.ts';

const item = (id: string, change: Partial<RequestItem> = {}): RequestItem => ({
  id,
  model: 'spam-filter',
  number: 1,
  targetStage: 'production',
  status: 'pending',
  gatesPassed: true,
  reason: 'It is better.',
  requestedByName: 'Sam',
  requestedAt: new Date(`2026-01-0${id.length}T00:00:00Z`),
  decidedByName: null,
  decidedAt: null,
  decisionReason: null,
  endedAt: null,
  error: null,
  emergency: false,
  expiresAt: null,
  approvals: { given: 0, needed: 1 },
  openThreads: 0,
  mayDecide: false,
  own: false,
  waitsFor: [],
  review: null,
  ...change,
});
const ids = (items: RequestItem[]) => items.map(({ id }) => id);

describe('the boxes of the inbox', () => {
  it('what waits for me stands oldest first, emergencies before; my own wishes to answer too', () => {
    const lists = {
      waiting: [
        item('aa', { mayDecide: true }),
        item('a', { mayDecide: true }),
        item('aaa', { mayDecide: true, emergency: true }),
        item('b', { own: true }),
        item('c'),
      ],
      under: [item('dddd', { own: true, status: 'changes' }), item('e', { status: 'approved' })],
      reviews: [item('r')],
      ended: [item('x')],
    };
    const boxes = sortIntoBoxes(lists);
    expect(ids(boxes.mine)).toEqual(['aaa', 'a', 'aa', 'dddd']);
    expect(ids(boxes.asked)).toEqual(['b']);
    expect(ids(boxes.others)).toEqual(['c', 'e']);
    expect([ids(boxes.reviews), ids(boxes.ended)]).toEqual([['r'], ['x']]);
  });
});

describe('the filter', () => {
  it('lies in the address', () => {
    const filter = { box: 'ended' as const, text: 'sam v1', model: 'spam-filter' };
    expect(readFilter(new URLSearchParams(writeFilter(filter)))).toEqual(filter);
    expect(writeFilter({ box: 'mine', text: '', model: null })).toBe('?');
    expect(readFilter(new URLSearchParams('box=nonsense')).box).toBe('mine');
    expect(readFilter(new URLSearchParams(''), 'asked').box).toBe('asked');
    expect(writeFilter({ box: 'mine', text: '', model: null }, 'asked')).toBe('?box=mine');
  });

  it('takes all words, wherever they stand', () => {
    const items = [item('a'), item('bb', { number: 2, requestedByName: 'Rob' })];
    expect(ids(matching(items, { text: 'v2 ROB', model: null }))).toEqual(['bb']);
    expect(ids(matching(items, { text: 'better', model: null }))).toEqual(['a', 'bb']);
    expect(matching(items, { text: '', model: 'other' })).toEqual([]);
  });
});
