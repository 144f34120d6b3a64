import { describe, expect, it } from 'vitest';
import type { MonitorWindowView } from '#server/features/monitoring/monitors.schema.ts';
import { heatCells, heatColumns, heatLimits, subjectsNow } from './prepare-heat.ts';
import { prepareOutcomes } from './prepare-outcomes.ts';
import { shownWindows } from './prepare-range.ts';
import { differenceDomain, intervalDomain, servedVersions } from './prepare-versions.ts';
import { dayFromAddress, rangeName, windowName } from './window-words.ts';

const settings = { window: 'week' as const, minRows: 50 };
const at = (day: string) => new Date(`${day}T00:00:00Z`);

type Results = MonitorWindowView['results'];
function week(day: string, more: Partial<MonitorWindowView> = {}, results: Partial<Results> = {}): MonitorWindowView {
  return {
    from: at(day),
    to: new Date(at(day).getTime() + 7 * 86_400_000),
    rows: 100,
    outcomes: 100,
    ...more,
    results: { subjects: {}, answers: {}, confusion: {}, accuracy: null, versions: {}, latencyP99Ms: 4, failed: 0, ...results },
  };
}
const subject = (psi: number, state: 'no' | 'drift' | 'unknown') => ({
  length: { counts: [], psi, byChance: 0.05, jensenShannon: 0.2, state },
});
const slots = (...windows: MonitorWindowView[]) => shownWindows(windows, settings, { from: null, to: null })?.slots ?? [];

describe('days and windows in words', () => {
  it('are named in UTC', () => {
    expect(windowName(at('2002-10-07'), 'week', at('2002-12-01'))).toBe('week of 7 Oct');
    expect(rangeName(at('2002-09-09'), at('2002-10-11'))).toBe('9 Sep to 10 Oct 2002');
    expect(rangeName(at('2002-09-09'), at('2002-09-10'), at('2002-12-01'))).toBe('9 Sep');
  });

  it('stand in the address as days', () => {
    expect(dayFromAddress('2002-10-07')).toEqual(at('2002-10-07'));
    expect(dayFromAddress('yesterday')).toBeNull();
    expect(dayFromAddress('2002-99-99')).toBeNull();
  });
});

describe('the windows shown', () => {
  const windows = [week('2002-09-09'), week('2002-09-23'), week('2002-09-30')];

  it('keep gaps and end after the last window', () => {
    const shown = shownWindows(windows, settings, { from: null, to: null });
    expect(shown?.slots.map((slot) => slot.window !== null)).toEqual([true, false, true, true]);
    expect(shown?.end).toEqual(at('2002-10-07'));
  });

  it('follow the address, and ignore one that names nothing', () => {
    expect(shownWindows(windows, settings, { from: '2002-09-20', to: null })?.slots).toHaveLength(2);
    expect(shownWindows(windows, settings, { from: '2003-01-01', to: null })?.slots).toHaveLength(4);
    expect(shownWindows([], settings, { from: null, to: null })).toBeNull();
  });
});

describe('strays', () => {
  const windows = [week('2002-09-09'), week('2002-09-16'), week('2026-11-16', { rows: 2 })];

  it('are not shown by default, but counted, and can be chosen', () => {
    const shown = shownWindows(windows, settings, { from: null, to: null });
    expect(shown?.slots).toHaveLength(2);
    expect(shown?.all).toHaveLength(3);
    expect(shown?.outside).toBe(2);
    expect(shownWindows(windows, settings, { from: '2026-11-16', to: '2026-11-16' })?.slots[0]?.window?.rows).toBe(2);
  });
});

describe('the heat strip', () => {
  it('has both limits on its scale', () => {
    expect(heatLimits({ possible: 0.1, drift: 0.2 }).map((limit) => Number(limit.toFixed(3)))).toEqual([
      0.05, 0.1, 0.15, 0.2, 0.3,
    ]);
    const equal = heatLimits({ possible: 0.2, drift: 0.2 });
    expect([...equal].sort((a, b) => a - b)).toEqual(equal);
    expect(equal).toContain(0.2);
  });

  it('leaves a gap where nothing, or too little, was served', () => {
    const cells = heatCells(
      'length',
      slots(
        week('2002-09-09', {}, { subjects: subject(0.3, 'drift') }),
        week('2002-09-23', { rows: 8 }, { subjects: subject(2, 'unknown') }),
      ),
      'week',
    );
    expect(cells.map((cell) => cell.value)).toEqual([0.3, null, null]);
    expect(cells[1]?.title).toMatch(/nothing was served$/);
    expect(cells[2]?.title).toMatch(/only 8 requests, too few to tell$/);
  });

  it('shows the newest state that is known, the worst first', () => {
    const shown = slots(
      week(
        '2002-09-09',
        {},
        { subjects: { ...subject(0.3, 'drift'), links: { counts: [], psi: 0.01, byChance: 0, jensenShannon: 0, state: 'no' } } },
      ),
      week('2002-09-16', {}, { subjects: subject(9, 'unknown') }),
    );
    const subjects = ['links', 'length'].map((key) => ({
      key,
      title: key,
      unit: '',
      state: 'no' as const,
      psi: 0,
      jensenShannon: 0,
      byChance: 0,
    }));
    expect(subjectsNow(subjects, shown).map(({ subject: { key }, state, psi }) => [key, state, psi])).toEqual([
      ['length', 'drift', 0.3],
      ['links', 'no', 0.01],
    ]);
  });

  it('names Mondays where days are counted', () => {
    const days = Array.from({ length: 15 }, (_, i) => ({
      from: new Date(at('2002-10-01').getTime() + i * 86_400_000),
      window: null,
    }));
    expect(
      heatColumns(days, 'day')
        .filter((column) => column.label !== null)
        .map((column) => column.label),
    ).toEqual(['7 Oct', '14 Oct']);
  });
});

describe('outcomes', () => {
  it('give accuracy and precision with intervals, gaps where none are known, and since when they are still coming', () => {
    const told = prepareOutcomes(
      slots(
        week('2002-09-09', {}, { confusion: { spam: { spam: 9, ham: 1 }, ham: { spam: 3, ham: 87 } } }),
        week('2002-09-16', { outcomes: 20 }, { confusion: { ham: { ham: 20 } } }),
        week('2002-09-23', { outcomes: 0 }),
      ),
      'spam',
    );
    expect(told.accuracy.map((point) => point.y)).toEqual([0.96, 1, null]);
    expect(told.precision?.map((point) => point.y)).toEqual([0.75, null, null]);
    expect(told.precision?.[0]?.n).toBe(12);
    expect(told.comingSince).toEqual(at('2002-09-16'));
    expect(prepareOutcomes([], null)).toMatchObject({ precision: null, comingSince: null });
  });
});

describe('versions', () => {
  it('are added up over the windows, the last to answer first', () => {
    const versions = servedVersions(
      slots(
        week('2002-09-09', {}, { versions: { a: { rows: 100, known: 50, correct: 45 } } }),
        week('2002-09-16', {}, { versions: { a: { rows: 50, known: 50, correct: 50 }, b: { rows: 50, known: 0, correct: 0 } } }),
      ),
    );
    expect(versions.map(({ id, rows, known, correct }) => [id, rows, known, correct])).toEqual([
      ['b', 50, 0, 0],
      ['a', 150, 100, 95],
    ]);
    expect(versions[0]?.right).toBeNull();
    expect(versions[1]?.right?.estimate).toBe(0.95);
  });

  it('share an axis', () => {
    expect(intervalDomain([{ lower: 0.83, upper: 0.97 }, null])).toEqual([0.8, 1]);
    expect(intervalDomain([])).toEqual([0, 1]);
    expect(differenceDomain([{ lower: -0.02, upper: 0.08 }])).toEqual([-0.1, 0.1]);
  });
});
