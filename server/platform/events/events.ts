import { messageOf } from '#server/errors.ts';
import { log } from '#server/log.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { listen } from './listener.ts';

/** A fact after commit, small and by id; the reader fetches what it may see. */
export type DomainEvent = {
  projectId: string | null;
  /** Dotted, the noun first: `run.metrics`, `rollout.step`. `resync` says that events may have been missed. */
  type: string;
  id: string;
  /** ISO time of publishing. */
  at: string;
};

const CHANNEL = 'stagecraft_events';

/** Tells every process what happened, when the transaction commits; a rollback tells nobody. */
export async function publish(tx: Tx, event: Omit<DomainEvent, 'at'>): Promise<void> {
  const payload = JSON.stringify({ ...event, at: new Date().toISOString() } satisfies DomainEvent);
  await tx.$executeRaw`select pg_notify(${CHANNEL}, ${payload})`;
}

/**
 * Calls `fn` with each event from now on; after a gap in the connection with one event `resync`. What `fn` throws is
 * logged and doesn't reach the other subscribers.
 * @returns a function that ends the subscription
 */
export function subscribe(fn: (event: DomainEvent) => void): () => void {
  const deliver = (event: DomainEvent) => {
    try {
      fn(event);
    } catch (error) {
      log.error({ part: 'events', err: messageOf(error), type: event.type }, 'a subscriber failed');
    }
  };
  return listen(
    CHANNEL,
    (payload) => deliver(JSON.parse(payload) as DomainEvent),
    () => deliver({ projectId: null, type: 'resync', id: '', at: new Date().toISOString() }),
  );
}
