/** How large a story is played: the whole corpus for people, a few hundred mails for the tests. Chosen before anything is seen. */
export type Scale = {
  mails: number;
  /** Shares of train, test and production, oldest first; and those of the retraining, whose test lies before production. */
  parts: [number, number, number];
  retrainParts: [number, number, number];
  labeling: { items: number; answered: number };
  trials: { ngramMax: (1 | 2 | 3)[]; vocabularySize: number[]; l2: number[]; classWeight: ('none' | 'balanced')[] };
  /** What a version must show: F1 of spam, accuracy of each slice from so many rows on, and how much worse it may be. */
  gates: { f1: number; slices: number; minRows: number; margin: number };
  /** Mails that are sent before the outcomes of those before them. */
  chunk: number;
  /** Mails that may be sent while the outcomes of earlier ones are still on their way into the log. */
  ahead: number;
  steps: { weight: number; minRequests: number; minOutcomes: number; holdSeconds: number }[];
  limits: { errorRate: number; latencyMs: number; accuracy: number };
  monitor: { window: 'day' | 'week'; minRows: number };
};

/** With 15 to 60 outcomes a step, a difference of accuracy under 10 points can't be told from chance. */
const LIMITS = { errorRate: 0.02, latencyMs: 100, accuracy: 0.1 };

export const WHOLE: Scale = {
  mails: Number.POSITIVE_INFINITY,
  parts: [0.6, 0.2, 0.2],
  retrainParts: [0.7, 0.1, 0.2],
  labeling: { items: 300, answered: 280 },
  trials: { ngramMax: [1, 2], vocabularySize: [20_000], l2: [0.1, 1], classWeight: ['none', 'balanced'] },
  gates: { f1: 0.94, slices: 0.85, minRows: 50, margin: 0.03 },
  chunk: 10,
  ahead: 20,
  steps: [
    { weight: 0.1, minRequests: 15, minOutcomes: 15, holdSeconds: 2 },
    { weight: 0.5, minRequests: 60, minOutcomes: 60, holdSeconds: 2 },
    { weight: 1, minRequests: 60, minOutcomes: 60, holdSeconds: 2 },
  ],
  limits: LIMITS,
  monitor: { window: 'week', minRows: 50 },
};

/** About 600 mails, with limits that so little training can meet. */
export const SMALL: Scale = {
  mails: 600,
  parts: [0.5, 0.15, 0.35],
  retrainParts: [0.55, 0.1, 0.35],
  labeling: { items: 40, answered: 34 },
  trials: { ngramMax: [1], vocabularySize: [3000], l2: [0.1, 1], classWeight: ['none'] },
  gates: { f1: 0.6, slices: 0.5, minRows: 30, margin: 0.3 },
  chunk: 6,
  ahead: 0,
  steps: [
    { weight: 0.3, minRequests: 4, minOutcomes: 4, holdSeconds: 1 },
    { weight: 0.6, minRequests: 6, minOutcomes: 6, holdSeconds: 1 },
    { weight: 1, minRequests: 8, minOutcomes: 8, holdSeconds: 1 },
  ],
  limits: { errorRate: 0.05, latencyMs: 3000, accuracy: 0.25 },
  monitor: { window: 'week', minRows: 20 },
};
