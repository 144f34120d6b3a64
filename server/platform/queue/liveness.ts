import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { messageOf } from '#server/errors.ts';
import { log } from '#server/log.ts';
import { databaseUrl } from '#server/platform/db/url.ts';

/** First half of the advisory locks' keys: "jobs run by a living worker". */
export const LOCK_CLASS = 0x53434a;

/**
 * Tells the other workers which jobs this one has in hand: an advisory lock for each, on one connection. When the
 * process dies, however, its connection ends and PostgreSQL frees the locks at once; no clock or process id is asked.
 */
export class Liveness {
  #client: pg.Client | undefined;
  readonly #held = new Map<string, () => void>();
  #stopped = false;
  #connectedAt = 0;

  /** Connects, and from then on again whenever the connection is lost. */
  async start(): Promise<void> {
    await this.#connect();
  }

  /** How long the connection has stood, in ms; 0 while there is none. */
  connectedFor(): number {
    return this.#client ? Date.now() - this.#connectedAt : 0;
  }

  /**
   * Takes the lock of a job, or of a singleton key.
   * @param onLost called when another process has taken it after a broken connection
   * @returns false when another holds it
   */
  async hold(key: string, onLost: () => void): Promise<boolean> {
    if (!this.#client || this.#held.has(key) || !(await this.#lock(key))) return false;
    this.#held.set(key, onLost);
    return true;
  }

  async release(key: string): Promise<void> {
    if (!this.#held.delete(key)) return;
    await this.#client?.query('select pg_advisory_unlock($1, hashtext($2))', [LOCK_CLASS, key]).catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#client?.end().catch(() => undefined);
  }

  async #lock(key: string): Promise<boolean> {
    const got = await this.#client?.query<{ ok: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as ok', [
      LOCK_CLASS,
      key,
    ]);
    return got?.rows[0]?.ok ?? false;
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({ connectionString: databaseUrl(), application_name: 'stagecraft-jobs', keepAlive: true });
    let lost = false;
    const onLost = () => {
      if (lost || this.#stopped) return;
      lost = true;
      this.#client = undefined;
      log.warn({ part: 'queue' }, 'the connection that guards running jobs was lost; connecting again');
      void this.#reconnect();
    };
    client.on('error', onLost);
    await client.connect();
    client.on('end', onLost);
    this.#client = client;
    this.#connectedAt = Date.now();
    for (const [key, taken] of this.#held) {
      if (await this.#lock(key)) continue;
      this.#held.delete(key);
      taken();
    }
  }

  async #reconnect(): Promise<void> {
    for (let wait = 50; !this.#stopped; wait = Math.min(wait * 2, 1_000)) {
      try {
        return await this.#connect();
      } catch (error) {
        log.debug({ part: 'queue', err: messageOf(error) }, 'no connection yet');
        await sleep(wait);
      }
    }
  }
}
