import { formatNumber } from '#components/ui/format.ts';
import type { HeatRow } from '#components/ui/heat-strip.tsx';
import type { DriftState, Threshold } from '#server/domain/drift/state.ts';
import type { WindowSize } from '#server/domain/drift/windows.ts';
import type { MonitorDetail, Slot } from './types.ts';
import { dayInAddress, windowName } from './window-words.ts';

type Subject = MonitorDetail['subjects'][number];
export type SubjectNow = {
  subject: Subject;
  state: DriftState;
  psi: number | null;
  jensenShannon: number | null;
  byChance: number | null;
};

/** The five steps of the colour scale, on which both limits fall. */
export function heatLimits({ possible, drift }: Threshold): [number, number, number, number, number] {
  if (possible >= drift) return [drift / 3, (drift * 2) / 3, drift, drift * 1.5, drift * 2];
  return [possible / 2, possible, (possible + drift) / 2, drift, drift * 1.5];
}

/** Each subject's cells: its PSI by window; null where nothing was served, or too little to tell. */
export function heatCells(subject: string, slots: readonly Slot[], size: WindowSize): HeatRow['cells'] {
  return slots.map(({ from, window }) => {
    const when = windowName(from, size);
    const result = window?.results.subjects[subject];
    if (!window || !result) return { value: null, title: `${when}: nothing was served` };
    if (result.state === 'unknown' || result.psi === null)
      return { value: null, title: `${when}: only ${window.rows} requests, too few to tell` };
    const chance = result.byChance === null ? '' : `, up to ${formatNumber(result.byChance, 2)} by chance`;
    return {
      value: result.psi,
      title: `${when}: PSI ${formatNumber(result.psi, 2)}${chance}, Jensen-Shannon ${formatNumber(result.jensenShannon, 2)}, ${window.rows} requests`,
    };
  });
}

/** Names under the columns: about six, on Mondays where days are counted. */
export function heatColumns(slots: readonly Slot[], size: WindowSize): { key: string; label: string | null }[] {
  const every = Math.max(1, Math.ceil(slots.length / 7));
  const mondays = size === 'day' && slots.length > 10 && slots.length <= 60;
  const now = slots.at(-1)?.from;
  return slots.map(({ from }, i) => {
    const marked = mondays ? from.getUTCDay() === 1 : i % every === 0;
    return { key: dayInAddress(from), label: marked ? windowName(from, 'day', now) : null };
  });
}

/** Each subject as it is in the newest window shown that has enough rows to tell; the worst first. */
export function subjectsNow(subjects: readonly Subject[], slots: readonly Slot[]): SubjectNow[] {
  const worst = ['drift', 'possible', 'no', 'unknown'];
  return subjects
    .map((subject): SubjectNow => {
      const last = slots
        .map(({ window }) => window?.results.subjects[subject.key])
        .findLast((result) => result !== undefined && result.state !== 'unknown');
      return {
        subject,
        state: last?.state ?? 'unknown',
        psi: last?.psi ?? null,
        jensenShannon: last?.jensenShannon ?? null,
        byChance: last?.byChance ?? null,
      };
    })
    .sort((a, b) => worst.indexOf(a.state) - worst.indexOf(b.state) || (b.psi ?? -1) - (a.psi ?? -1));
}
