import { fillWindows, mainStretch, stretches, type WindowSize, windowEnd } from '#server/domain/drift/windows.ts';
import type { MonitorWindowView } from '#server/features/monitoring/monitors.schema.ts';
import type { Slot } from './types.ts';
import { dayFromAddress } from './window-words.ts';

/** Windows shown when the address names none. */
const MOST_SHOWN = 40;

export type Shown = {
  all: Slot[];
  /** What a page begins with. */
  main: Slot[];
  slots: Slot[];
  from: Date;
  end: Date;
  /** Requests of windows that aren't shown. */
  outside: number;
};

/**
 * Every window there is (long silences left out), and those between the days that the address names; by default the newest 40 of
 * the stretch in which production is. Null without any window.
 */
export function shownWindows(
  windows: readonly MonitorWindowView[],
  settings: { window: WindowSize; minRows: number },
  address: { from: string | null; to: string | null },
): Shown | null {
  const { window: size, minRows } = settings;
  const all = stretches(windows, size).flatMap((stretch) => fillWindows(stretch, size));
  const main = fillWindows(mainStretch(windows, size, minRows), size).slice(-MOST_SHOWN);
  const from = dayFromAddress(address.from);
  const to = dayFromAddress(address.to);
  const wanted = from || to ? all.filter((slot) => (!from || slot.from >= from) && (!to || slot.from <= to)) : main;
  const slots = wanted.length > 0 ? wanted : main;
  const [first, last] = [slots[0], slots.at(-1)];
  if (!first || !last) return null;
  return {
    all,
    main,
    slots,
    from: first.from,
    end: windowEnd(last.from, size),
    outside: countOutside(all, first.from, last.from),
  };
}

function countOutside(all: readonly Slot[], first: Date, last: Date): number {
  return all.reduce((sum, { from, window }) => (from < first || from > last ? sum + (window?.rows ?? 0) : sum), 0);
}
