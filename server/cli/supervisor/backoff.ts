/** A process that lived this long is taken to have been well. */
const HEALTHY_MS = 10_000;
const LONGEST_MS = 30_000;

/**
 * How long to wait before a process that ended is started again: at once after a healthy life, then half a second,
 * doubled with each short life, at most half a minute.
 * @returns the pause in ms, and the number of short lives in a row to pass in the next time
 */
export function nextRestart(o: { livedMs: number; shortLives: number }): { waitMs: number; shortLives: number } {
  if (o.livedMs >= HEALTHY_MS) return { waitMs: 0, shortLives: 0 };
  const shortLives = o.shortLives + 1;
  return { waitMs: Math.min(250 * 2 ** shortLives, LONGEST_MS), shortLives };
}
