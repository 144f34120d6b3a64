import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { messageOf } from '#server/errors.ts';
import { log } from '#server/log.ts';
import { trackBackend } from '#server/platform/db/backends.ts';
import { databaseUrl } from '#server/platform/db/url.ts';

type Listener = {
  channel: string;
  onPayload: (payload: string) => void;
  /** Called when the connection is back after a gap in which payloads may have been missed. */
  onGap: () => void;
};

declare global {
  // One connection a process, however often a bundler evaluates this module.
  var stagecraftListeners: { all: Set<Listener>; client: pg.Client | undefined; running: boolean } | undefined;
}

globalThis.stagecraftListeners ??= { all: new Set(), client: undefined, running: false };
const state = globalThis.stagecraftListeners;

/**
 * Listens to a channel of PostgreSQL on the one connection of this process, for as long as any listener is there;
 * reconnects by itself.
 * @returns a function that ends it
 */
export function listen(channel: string, onPayload: Listener['onPayload'], onGap: Listener['onGap']): () => void {
  const listener = { channel, onPayload, onGap };
  const known = channels().has(channel);
  state.all.add(listener);
  if (!state.running) {
    state.running = true;
    void keepConnected();
  } else if (!known) {
    state.client?.query(`listen ${pg.escapeIdentifier(channel)}`).catch(() => state.client?.end());
  }
  return () => {
    state.all.delete(listener);
    if (state.all.size === 0) state.client?.end().catch(() => undefined);
  };
}

function channels(): Set<string> {
  return new Set([...state.all].map((listener) => listener.channel));
}

async function keepConnected(): Promise<void> {
  let connectedBefore = false;
  let wait = 100;
  while (state.all.size > 0) {
    try {
      await connection(() => {
        if (connectedBefore) for (const listener of state.all) listener.onGap();
        connectedBefore = true;
        wait = 100;
      });
    } catch (error) {
      if (state.all.size === 0) break;
      log.warn({ part: 'events', err: messageOf(error) }, 'the connection for events was lost; connecting again');
    }
    if (state.all.size > 0) await sleep(wait);
    wait = Math.min(wait * 2, 3_000);
  }
  state.running = false;
}

/** Lives as long as the connection; rejects when it breaks, resolves when it was ended. */
async function connection(onReady: () => void): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(), application_name: 'stagecraft-events', keepAlive: true });
  const ended = new Promise<void>((done, failed) => {
    client.on('error', failed);
    client.once('end', done);
  });
  ended.catch(() => undefined);
  client.on('notification', ({ channel, payload }) => {
    for (const listener of state.all) if (listener.channel === channel) listener.onPayload(payload ?? '');
  });
  try {
    await client.connect();
    trackBackend(client);
    state.client = client;
    for (const channel of channels()) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    onReady();
    const heartbeat = setInterval(() => client.query('select 1').catch(() => client.end().catch(() => undefined)), 10_000);
    await ended.finally(() => clearInterval(heartbeat));
  } finally {
    state.client = undefined;
    client.end().catch(() => undefined);
  }
}
