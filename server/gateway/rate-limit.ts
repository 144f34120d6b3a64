/**
 * A token bucket for each key, in memory: `perMinute` requests on average, bursts of up to a second's worth (at least
 * 10). Pure but for its own state; the clock is passed in.
 */
export class RateLimit {
  readonly #perMs: number;
  readonly #burst: number;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(perMinute: number) {
    this.#perMs = perMinute / 60_000;
    this.#burst = Math.max(10, Math.ceil(perMinute / 60));
  }

  /** Takes one; returns 0, or the seconds after which one will be there. */
  take(key: string, now: number): number {
    const bucket = this.#buckets.get(key);
    if (!bucket) {
      this.#makeRoom(now);
      this.#buckets.set(key, { left: this.#burst - 1, at: now });
      return 0;
    }
    bucket.left = Math.min(this.#burst, bucket.left + (now - bucket.at) * this.#perMs);
    bucket.at = now;
    if (bucket.left >= 1) {
      bucket.left -= 1;
      return 0;
    }
    return Math.max(1, Math.ceil((1 - bucket.left) / this.#perMs / 1000));
  }

  /** Full buckets say nothing: forget them when there are many keys (unknown callers' addresses). */
  #makeRoom(now: number): void {
    if (this.#buckets.size < 10_000) return;
    for (const [key, bucket] of this.#buckets) {
      if (bucket.left + (now - bucket.at) * this.#perMs >= this.#burst) this.#buckets.delete(key);
    }
  }
}
