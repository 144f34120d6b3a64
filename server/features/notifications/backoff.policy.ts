/**
 * How long to wait after a failed try: `first · 4^(try − 1)`, at most `most`, each a fifth shorter or longer by chance
 * ("full jitter" spread over ±20 %), so that many that failed together don't come back together.
 * @param tries how many have failed, from 1
 * @param chance from 0 (shortest) to 1 (longest)
 * @returns milliseconds
 */
export function waitAfter(tries: number, o: { firstMs: number; mostMs: number }, chance: number): number {
  const plain = Math.min(o.firstMs * 4 ** (tries - 1), o.mostMs);
  return Math.round(plain * (0.8 + 0.4 * chance));
}

/** Webhooks: 8 tries, after 10 s, 40 s, 2.7 min, 11 min, 43 min, 2.8 h, 11 h: about 15 hours in all. */
export const WEBHOOK_TRIES = { count: 8, firstMs: 10_000, mostMs: 12 * 3_600_000 };

/** Mails: 8 tries, after 30 s, 2 min, 8 min, 32 min, 2.1 h, 6 h, 6 h: about 15 hours in all. */
export const MAIL_TRIES = { count: 8, firstMs: 30_000, mostMs: 6 * 3_600_000 };
