/** What a monitor found, in words, and what that means for its alerts. Pure: the newest windows in, sentences out. */
import type { Bins } from './histogram.ts';
import { movedInWords } from './moved.ts';
import { type DriftState, worstState } from './state.ts';
import { ANSWER } from './subjects.ts';

export const ACCURACY = 'accuracy';

export type FindingWindow = {
  from: Date;
  rows: number;
  results: {
    subjects: Record<string, { counts?: number[]; psi: number | null; jensenShannon: number | null; state: DriftState }>;
    answers: Record<string, { estimate: number }>;
    accuracy: { estimate: number; lower: number; upper: number; n: number; state: DriftState } | null;
  };
};

export type FindingReference = {
  accuracy: number | null;
  subjects: readonly { key: string; title: string; unit?: string; bins?: Bins; counts?: number[] }[];
  /** Shares of the answers' classes among the training rows. */
  shares: Record<string, number>;
};

export type Finding = { state: DriftState; sentence: string; explanation: string; since: Date | null };

/** The state of every subject (and of accuracy) in the newest window that has enough rows to tell. */
export function currentStates(windows: readonly FindingWindow[]): Map<string, { state: DriftState; since: Date }> {
  const states = new Map<string, { state: DriftState; since: Date }>();
  for (const window of windows) {
    const entries: [string, DriftState][] = Object.entries(window.results.subjects).map(([key, result]) => [key, result.state]);
    if (window.results.accuracy) entries.push([ACCURACY, window.results.accuracy.state]);
    for (const [key, state] of entries) {
      if (state === 'unknown') continue;
      const before = states.get(key);
      const raised = state !== 'no' && before !== undefined && before.state !== 'no';
      states.set(key, { state, since: raised ? before.since : window.from });
    }
  }
  return states;
}

/** The sentence of a monitor's page: what changed most, since when, and whether the outcomes show that it matters. */
export function findingOf(windows: readonly FindingWindow[], reference: FindingReference): Finding {
  const states = currentStates(windows);
  const newest = windows.findLast((window) =>
    Object.values(window.results.subjects).some((subject) => subject.state !== 'unknown'),
  );
  if (!newest) {
    return {
      state: 'unknown',
      sentence: 'Too few requests yet to say anything.',
      explanation: 'No window has enough rows.',
      since: null,
    };
  }
  const state = worstState([...states.values()].map((entry) => entry.state));
  const raised = [...states].filter(([, entry]) => entry.state === state);
  if (state === 'no' || state === 'unknown') {
    return {
      state,
      sentence: 'What comes in looks like what it learned from.',
      explanation: outcomesInWords(newest, reference),
      since: null,
    };
  }
  const since = new Date(Math.min(...raised.map(([, entry]) => entry.since.getTime())));
  const key = mostTelling(
    raised.map(([name]) => name),
    newest,
  );
  return { state, sentence: sentenceOf(key, newest, reference), explanation: outcomesInWords(newest, reference), since };
}

/** One sentence for one subject: what an alert says. */
export function sentenceOf(key: string, window: FindingWindow, reference: FindingReference): string {
  if (key === ACCURACY && window.results.accuracy && reference.accuracy !== null) {
    return `Right ${hundred(window.results.accuracy.estimate)} times of 100; it was ${hundred(reference.accuracy)} on the test rows.`;
  }
  if (key === ANSWER) {
    const share = mostMovedClass(window, reference);
    if (share)
      return `${hundred(share.now)} in 100 answers are ${share.name}; it was ${hundred(share.trained)} in 100 in training.`;
  }
  const subject = reference.subjects.find((one) => one.key === key);
  const title = subject?.title ?? key;
  const figures = window.results.subjects[key];
  const distances = `(PSI ${(figures?.psi ?? 0).toFixed(2)}, Jensen-Shannon ${(figures?.jensenShannon ?? 0).toFixed(2)})`;
  const { bins, counts, unit } = subject ?? {};
  const moved =
    bins && counts && figures?.counts
      ? movedInWords({ title, bins, counts, ...(unit !== undefined && { unit }) }, figures.counts)
      : null;
  return `${moved ?? `${title} differs from training`} ${distances}.`;
}

function mostTelling(keys: readonly string[], window: FindingWindow): string {
  if (keys.includes(ACCURACY)) return ACCURACY;
  if (keys.includes(ANSWER)) return ANSWER;
  const psi = (key: string) => window.results.subjects[key]?.psi ?? 0;
  return [...keys].sort((a, b) => psi(b) - psi(a))[0] ?? '';
}

/** The class whose share moved most; of two that moved alike, the rarer in training. */
function mostMovedClass(window: FindingWindow, reference: FindingReference) {
  return Object.entries(window.results.answers)
    .map(([name, { estimate }]) => ({ name, now: estimate, trained: reference.shares[name] ?? 0 }))
    .sort((a, b) => moved(b) - moved(a) || a.trained - b.trained)[0];
}

function moved(share: { now: number; trained: number }): number {
  return Math.round(Math.abs(share.now - share.trained) * 1e9);
}

function outcomesInWords(window: FindingWindow, reference: FindingReference): string {
  const { accuracy } = window.results;
  if (!accuracy) return 'No outcomes have come in for this window yet, so nobody can say whether it matters.';
  const trained = reference.accuracy === null ? '' : ` It was ${hundred(reference.accuracy)} on the test rows.`;
  return `By the ${accuracy.n} outcomes in, it is right ${hundred(accuracy.estimate)} times of 100 (95 % interval ${hundred(accuracy.lower)} to ${hundred(accuracy.upper)}).${trained}`;
}

function hundred(share: number): string {
  const value = share * 100;
  return Number.isInteger(Math.round(value * 10) / 10) || value >= 10 ? String(Math.round(value)) : value.toFixed(1);
}
