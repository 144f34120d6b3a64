import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { db, transaction } from '#server/platform/db/client.ts';
import { pool } from '#server/platform/db/pool.ts';
import { type DomainEvent, publish, subscribe } from './events.ts';

const event = (id: string) => ({ projectId: null, type: 'run.metrics', id });

async function until(check: () => boolean): Promise<void> {
  const end = Date.now() + 8_000;
  while (!check()) {
    if (Date.now() > end) throw new Error('it did not come about in time');
    await sleep(20);
  }
}

/** Subscribes, and waits until the connection listens. */
async function listening(fn?: (event: DomainEvent) => void) {
  const seen: DomainEvent[] = [];
  const end = subscribe((e) => {
    seen.push(e);
    fn?.(e);
  });
  await until(() => {
    void publish(db, event('probe'));
    return seen.length > 0;
  });
  await sleep(100);
  seen.length = 0;
  return { seen, end };
}

test('an event is seen after commit, in order, and never after a rollback', async () => {
  const { seen, end } = await listening();
  await transaction(async (tx) => {
    await publish(tx, event('1'));
    await sleep(150);
    expect(seen).toEqual([]);
    await publish(tx, event('2'));
  });
  await transaction(async (tx) => {
    await publish(tx, event('never'));
    throw new Error('changed my mind');
  }).catch(() => undefined);
  await publish(db, event('3'));
  await until(() => seen.length >= 3);
  expect(seen.map((e) => e.id)).toEqual(['1', '2', '3']);
  end();
});

test('a subscriber that throws does not keep events from the others', async () => {
  const bad = await listening((e) => {
    if (e.id === 'hard') throw new Error('I fail');
  });
  const good = await listening();
  await publish(db, event('hard'));
  await until(() => good.seen.some((e) => e.id === 'hard'));
  bad.end();
  good.end();
});

test('after the connection was cut a subscriber is told to fetch anew, and goes on seeing events', async () => {
  const { seen, end } = await listening();
  await pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'stagecraft-events' and datname = current_database()",
  );
  await until(() => seen.some((e) => e.type === 'resync'));
  await publish(db, event('after'));
  await until(() => seen.some((e) => e.id === 'after'));
  end();
});
