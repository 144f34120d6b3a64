import { fillWindows, type WindowSize, windowEnd } from '#server/domain/drift/windows.ts';
import type { MonitorWindowView } from '#server/features/monitoring/monitors.schema.ts';
import type { Slot } from './types.ts';
import { dayFromAddress } from './window-words.ts';

/** Windows shown when the address names none. */
const MOST_SHOWN = 40;

export type Shown = { all: Slot[]; slots: Slot[]; from: Date; end: Date };

/** Every window there is, and those between the days that the address names (by default the newest 40). Null without any window. */
export function shownWindows(
  windows: readonly MonitorWindowView[],
  size: WindowSize,
  address: { from: string | null; to: string | null },
): Shown | null {
  const all = fillWindows(windows, size);
  const from = dayFromAddress(address.from);
  const to = dayFromAddress(address.to);
  const wanted =
    from || to ? all.filter((slot) => (!from || slot.from >= from) && (!to || slot.from <= to)) : all.slice(-MOST_SHOWN);
  const slots = wanted.length > 0 ? wanted : all.slice(-MOST_SHOWN);
  const [first, last] = [slots[0], slots.at(-1)];
  if (!first || !last) return null;
  return { all, slots, from: first.from, end: windowEnd(last.from, size) };
}
