import type { QueryConfig } from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { config } from '#server/config.ts';
import { sharedPool } from '#server/platform/db/pool.ts';

/** Failures are forgotten this long after the first of them. */
const WINDOW_SECONDS = 15 * 60;
/** One address may stand for a whole office, so it gets this many times what one e-mail gets. */
const PER_ADDRESS = 10;

export type Attempt = { ok: true } | { ok: false; retryAfterSeconds: number };

type Counter = { limiter: RateLimiterPostgres; key: string };

const limiters = new Map<string, RateLimiterPostgres>();

/**
 * Counts an attempt before it is judged, so that parallel attempts in any number of processes can't slip past the
 * limit; `forgiveAttempt` takes it back when it was a good one.
 */
export async function countAttempt(o: { email: string; address: string }): Promise<Attempt> {
  let wait = 0;
  for (const { limiter, key } of counters(o)) {
    try {
      await limiter.consume(key);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      wait = Math.max(wait, refused.msBeforeNext);
    }
  }
  return wait > 0 ? { ok: false, retryAfterSeconds: Math.ceil(wait / 1000) } : { ok: true };
}

/** A right password: the failures of this e-mail are forgotten, the address gets its attempt back. */
export async function forgiveAttempt(o: { email: string; address: string }): Promise<void> {
  const [byEmail, byAddress] = counters(o);
  await byEmail?.limiter.delete(byEmail.key);
  await byAddress?.limiter.reward(byAddress.key);
}

function counters(o: { email: string; address: string }): Counter[] {
  const counted: Counter[] = [{ limiter: limiterOf('sign-in-email', config.signInAttempts), key: o.email.slice(0, 200) }];
  if (o.address)
    counted.push({ limiter: limiterOf('sign-in-address', config.signInAttempts * PER_ADDRESS), key: o.address.slice(0, 200) });
  return counted;
}

function limiterOf(keyPrefix: string, points: number): RateLimiterPostgres {
  const known = limiters.get(keyPrefix);
  if (known) return known;
  const made = new RateLimiterPostgres({
    storeClient: { query: (query: QueryConfig) => sharedPool().query(query) },
    storeType: 'pool',
    tableName: 'rate_limit',
    tableCreated: true,
    keyPrefix,
    points,
    duration: WINDOW_SECONDS,
  });
  limiters.set(keyPrefix, made);
  return made;
}
