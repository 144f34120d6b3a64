import { describe, expect, it } from 'vitest';
import { batchRows, pickWorker, restartDelay } from '#server/inference/balancer.ts';
import { type Item, ModelQueue } from '#server/inference/queue.ts';

const worker = (name: string, inHand: number, rowsInHand: number, models = ['m']) => ({
  name,
  inHand,
  rowsInHand,
  holds: (model: string) => models.includes(model),
});
const ask = { model: 'm', waiting: 1, alone: false, maxInHand: 2, claimed: new Set<ReturnType<typeof worker>>() };

describe('batchRows', () => {
  it('shares a crowd out over the idle workers and one batch more', () => {
    expect(batchRows({ waiting: 64, idle: 1, maxBatch: 64 })).toBe(32);
    expect(batchRows({ waiting: 63, idle: 2, maxBatch: 64 })).toBe(21);
    expect(batchRows({ waiting: 500, idle: 1, maxBatch: 64 })).toBe(64);
  });

  it('leaves few together, and gives a busy worker all that waits', () => {
    expect(batchRows({ waiting: 15, idle: 1, maxBatch: 64 })).toBe(64);
    expect(batchRows({ waiting: 40, idle: 0, maxBatch: 64 })).toBe(64);
  });
});

describe('pickWorker', () => {
  it('takes the least busy one that holds the model', () => {
    const idle = worker('idle', 0, 0);
    expect(pickWorker([worker('other', 0, 0, ['n']), worker('busy', 1, 5), idle], ask)).toEqual({ worker: idle });
    expect(pickWorker([worker('other', 0, 0, ['n'])], ask)).toBeUndefined();
  });

  it('gives a busy one more only when as much waits as it has in hand, and never past the limit', () => {
    const busy = worker('busy', 1, 20);
    expect(pickWorker([busy], { ...ask, waiting: 19 })).toBeUndefined();
    expect(pickWorker([busy], { ...ask, waiting: 20 })).toEqual({ worker: busy });
    expect(pickWorker([worker('full', 2, 20)], { ...ask, waiting: 100 })).toBeUndefined();
  });

  it('keeps a worker free for a request that must run alone', () => {
    const busy = worker('busy', 1, 1);
    const idle = worker('idle', 0, 0);
    expect(pickWorker([busy, idle], { ...ask, alone: true })).toEqual({ worker: idle });
    expect(pickWorker([busy], { ...ask, alone: true })).toEqual({ claim: busy });
    expect(pickWorker([busy], { ...ask, claimed: new Set([busy]) })).toBeUndefined();
  });
});

it('replaces a worker that had worked at once, and one that never did with growing patience', () => {
  expect([0, 1, 2, 3, 20].map(restartDelay)).toEqual([0, 50, 100, 200, 5_000]);
});

describe('ModelQueue', () => {
  const item = (rows: number, o: Partial<Item> = {}) => ({ rows, shapeKey: '', alone: false, done: false, ...o }) as Item;

  it('gives neighbours of one shape up to the limit of rows', () => {
    const queue = new ModelQueue();
    const items = [item(30), item(30), item(30), item(1, { shapeKey: 'other' }), item(1, { alone: true }), item(1), item(100)];
    for (const one of items) queue.push(one);
    const sizes: number[] = [];
    while (queue.length > 0) sizes.push(queue.take(64).length);
    expect(sizes).toEqual([2, 1, 1, 1, 1, 1]);
  });

  it('puts back at the head in order, and passes over what is done', () => {
    const queue = new ModelQueue();
    const [a, b, c] = [item(1), item(1), item(1)] as [Item, Item, Item];
    queue.push(c);
    queue.putBack([a, b]);
    b.done = true;
    expect(queue.take(64)).toEqual([a, c]);
    expect(queue.take(64)).toEqual([]);
  });
});
