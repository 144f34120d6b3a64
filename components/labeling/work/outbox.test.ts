import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Outgoing, Refusal } from './outbox.ts';
import { createOutbox } from './outbox.ts';

function memoryStorage() {
  const values = new Map<string, string>();
  return {
    values,
    get length() {
      return values.size;
    },
    key: (index: number) => [...values.keys()][index] ?? null,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
}

const answer = (n: number): Outgoing => ({
  kind: 'answer',
  annotationId: `a${n}`,
  itemId: `i${n}`,
  label: 'spam',
  durationMs: 1,
});

function setUp(storage = memoryStorage()) {
  const sent: string[] = [];
  const refused: string[] = [];
  const server: { refusal: Refusal | null } = { refusal: null };
  const make = (prefix = 'box:') =>
    createOutbox({
      storage,
      prefix,
      now: () => 1000,
      send: async (outgoing) => {
        if (server.refusal) throw new Error(server.refusal);
        sent.push(`${outgoing.kind} ${outgoing.annotationId}`);
      },
      refusalOf: (error) => (error as Error).message as Refusal,
      onSent: () => {},
      onRefused: (outgoing) => void refused.push(outgoing.annotationId),
    });
  return { storage, sent, refused, server, make };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the outbox', () => {
  it('sends in order, one at a time, and keeps nothing that was sent', async () => {
    const { make, sent, storage } = setUp();
    const outbox = make();
    outbox.add([answer(1), { kind: 'undo', annotationId: 'a1', itemId: 'i1' }, answer(2)]);
    expect(storage.values.size).toBe(3);
    await outbox.flush();
    expect(sent).toEqual(['answer a1', 'undo a1', 'answer a2']);
    expect(storage.values.size).toBe(0);
    expect(outbox.getState()).toEqual({ waiting: [], trouble: 'none' });
  });

  it('keeps everything through a lost connection and sends it once, later', async () => {
    const { make, sent, server } = setUp();
    const outbox = make();
    server.refusal = 'later';
    outbox.add([answer(1)]);
    outbox.add([answer(2)]);
    await vi.advanceTimersByTimeAsync(4000);
    expect(outbox.getState()).toMatchObject({ waiting: [answer(1), answer(2)], trouble: 'later' });
    server.refusal = null;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(sent).toEqual(['answer a1', 'answer a2']);
    expect(outbox.getState()).toEqual({ waiting: [], trouble: 'none' });
  });

  it('finds after a reload what the last window could not send, in its order', async () => {
    const { make, sent, server } = setUp();
    server.refusal = 'signed-out';
    const before = make();
    before.add([answer(1), answer(2)]);
    await vi.advanceTimersByTimeAsync(10);
    expect(before.getState().trouble).toBe('signed-out');
    before.stop();
    server.refusal = null;
    const after = make();
    expect(after.getState().waiting).toEqual([answer(1), answer(2)]);
    await after.flush();
    expect(sent).toEqual(['answer a1', 'answer a2']);
  });

  it('lets go of what the server will never take, says so, and goes on', async () => {
    const { make, sent, refused, server, storage } = setUp();
    const outbox = make();
    server.refusal = 'final';
    outbox.add([answer(1)]);
    await outbox.flush();
    server.refusal = null;
    outbox.add([answer(2)]);
    await outbox.flush();
    expect(refused).toEqual(['a1']);
    expect(sent).toEqual(['answer a2']);
    expect(storage.values.size).toBe(0);
  });

  it('reads only its own entries and survives ones that it cannot read', () => {
    const { make, storage } = setUp();
    storage.setItem('box:1', 'not json');
    storage.setItem('box:2', JSON.stringify(answer(2)));
    storage.setItem('other:1', JSON.stringify(answer(3)));
    expect(make().getState().waiting).toEqual([answer(2)]);
  });
});
