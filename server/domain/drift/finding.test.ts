import { describe, expect, it } from 'vitest';
import { planAlerts } from './alert-plan.ts';
import { currentStates, type FindingWindow, findingOf } from './finding.ts';
import type { DriftState } from './state.ts';
import { answerSubjects, inputSubjects, referenceOf } from './subjects.ts';
import { windowFigures } from './window-figures.ts';

const reference = {
  accuracy: 0.97,
  subjects: [{ key: 'body.length', title: 'Length of body' }],
  shares: { ham: 0.6, spam: 0.4 },
};

function week(day: string, states: Record<string, DriftState>, accuracy: DriftState | null = null): FindingWindow {
  return {
    from: new Date(`2002-${day}T00:00:00Z`),
    rows: 200,
    results: {
      subjects: Object.fromEntries(Object.entries(states).map(([key, state]) => [key, { psi: 0.3, jensenShannon: 0.25, state }])),
      answers: { ham: { estimate: 0.96 }, spam: { estimate: 0.04 } },
      accuracy: accuracy && { estimate: 0.9, lower: 0.86, upper: 0.93, n: 180, state: accuracy },
    },
  };
}

describe('the finding', () => {
  it('says what moved, since when, and what the outcomes say', () => {
    const finding = findingOf(
      [week('09-30', { answer: 'no' }), week('10-07', { answer: 'possible' }), week('10-14', { answer: 'drift' }, 'no')],
      reference,
    );
    expect(finding).toEqual({
      state: 'drift',
      sentence: '4 in 100 answers are spam; it was 40 in 100 in training.',
      explanation: 'By the 180 outcomes in, it is right 90 times of 100 (95 % interval 86 to 93). It was 97 on the test rows.',
      since: new Date('2002-10-07T00:00:00Z'),
    });
  });

  it('puts a fall of accuracy before everything else', () => {
    expect(findingOf([week('10-07', { answer: 'drift' }, 'drift')], reference).sentence).toBe(
      'Right 90 times of 100; it was 97 on the test rows.',
    );
  });

  it('does not take a window with too few rows for calm', () => {
    const windows = [week('10-07', { answer: 'drift' }), week('10-14', { answer: 'unknown' })];
    expect(findingOf(windows, reference).state).toBe('drift');
    expect(currentStates(windows).get('answer')).toEqual({ state: 'drift', since: new Date('2002-10-07T00:00:00Z') });
    expect(findingOf([], reference).state).toBe('unknown');
  });
});

describe('alerts', () => {
  const since = new Date(0);

  it('open once, stay while it lasts, close when it is over', () => {
    expect(planAlerts([], [{ subject: 'answer', state: 'drift', since }]).open).toHaveLength(1);
    expect(planAlerts([], [{ subject: 'answer', state: 'possible', since }]).open).toHaveLength(0);
    const open = [{ id: '1', subject: 'answer' }];
    expect(planAlerts(open, [{ subject: 'answer', state: 'drift', since }])).toMatchObject({
      open: [],
      update: [{ severity: 'drift' }],
    });
    expect(planAlerts(open, [{ subject: 'answer', state: 'no', since }]).resolve).toEqual([{ id: '1' }]);
    expect(planAlerts(open, []).resolve).toEqual([]);
  });
});

describe('a window', () => {
  const fields = [{ name: 'body', kind: 'text' as const }];
  const texts = Array.from({ length: 300 }, (_, i) => 'word '.repeat(1 + (i % 30)));
  const labels = texts.map((_, i) => (i % 5 === 0 ? 'spam' : 'ham'));
  const subjects = referenceOf([
    ...inputSubjects(fields, { body: texts }),
    ...answerSubjects(
      labels,
      labels.map(() => 0.9),
    ),
  ]);
  const limits = {
    minRows: 50,
    psi: { possible: 0.1, drift: 0.2 },
    jensenShannon: { possible: 0.1, drift: 0.2 },
    accuracyDrop: { possible: 0.02, drift: 0.05 },
  };
  const rows = (scale: number) =>
    texts.map((text, i) => ({
      input: { body: text.repeat(scale) },
      label: labels[i] ?? null,
      confidence: 0.9,
      outcome: i < 100 ? (labels[i] ?? null) : null,
      errorCode: null,
      latencyMs: 1,
      modelVersionId: 'a',
    }));
  const figures = (scale: number) =>
    windowFigures({ rows: rows(scale), fields, classes: ['ham', 'spam'], reference: { subjects, accuracy: 0.99 }, limits });

  it('like the reference shows no drift', () => {
    const same = figures(1);
    expect(Object.values(same.subjects).every(({ state }) => state === 'no')).toBe(true);
    expect(same.answers.spam?.estimate).toBeCloseTo(0.2, 10);
    expect(same.accuracy).toMatchObject({ estimate: 1, n: 100, state: 'no' });
    expect(same.confusion).toEqual({ spam: { spam: 20 }, ham: { ham: 80 } });
    expect(same.versions).toEqual({ a: { rows: 300, known: 100, correct: 100 } });
  });

  it('with texts five times as long shows it', () => {
    expect(figures(5).subjects['body.length']?.state).toBe('drift');
    expect(figures(5).subjects.answer?.state).toBe('no');
  });

  it('without a row is a gap', () => {
    const empty = windowFigures({ rows: [], fields, classes: ['ham'], reference: { subjects, accuracy: 0.99 }, limits });
    expect(empty.accuracy).toBeNull();
    expect(empty.answers).toEqual({});
    expect(Object.values(empty.subjects).every(({ state }) => state === 'unknown')).toBe(true);
  });
});
