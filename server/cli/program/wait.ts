import { setTimeout as sleep } from 'node:timers/promises';
import { Ending, EXIT } from './exit.ts';
import { Unreachable } from './gateway-client.ts';

/** A gateway that restarts doesn't end a wait; one that stays away this long does. */
const AWAY_MS = 120_000;

export type WaitOptions = {
  timeoutMs: number;
  signal: AbortSignal;
  firstMs?: number;
  mostMs?: number;
  awayMs?: number;
};

/**
 * Looks again and again, at longer and longer intervals, until `isOver`.
 * @throws Ending with code 3 when the time is up, 4 when the gateway stays away
 */
export async function waitFor<T>(look: () => Promise<T>, isOver: (seen: T) => boolean, o: WaitOptions): Promise<T> {
  const end = Date.now() + o.timeoutMs;
  let pause = o.firstMs ?? 1_000;
  let awaySince: number | null = null;
  for (;;) {
    try {
      const seen = await look();
      awaySince = null;
      if (isOver(seen)) return seen;
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      awaySince ??= Date.now();
      if (Date.now() - awaySince > (o.awayMs ?? AWAY_MS)) throw error;
    }
    const left = end - Date.now();
    if (left <= 0)
      throw new Ending(EXIT.timedOut, `The time is up (${Math.round(o.timeoutMs / 1000)} s). It goes on without us.`);
    await sleep(Math.min(pause, left), undefined, { signal: o.signal }).catch(() => o.signal.throwIfAborted());
    pause = Math.min(pause * 1.5, o.mostMs ?? 10_000);
  }
}

const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * "90", "90s", "15m", "2h", "3d" in milliseconds.
 * @throws Ending with code 2
 */
export function parseDuration(text: string): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text) ?? [];
  const ms = Number(count) * (UNITS[unit || 's'] ?? Number.NaN);
  if (Number.isFinite(ms) && ms > 0) return ms;
  throw new Ending(EXIT.usage, `${text} is no duration. Give seconds, or 15m, 2h, 3d.`);
}
