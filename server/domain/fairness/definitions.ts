/**
 * What "fair" may mean. Every definition compares groups by one figure of each; which one is right is a choice of people,
 * so each is named with what it asks for. Names and meanings follow Fairlearn (https://fairlearn.org, user guide,
 * "Common fairness metrics"); equalised odds and equal opportunity are of Hardt, Price and Srebro (2016).
 */

export const CLASS_DEFINITIONS = [
  'demographic_parity',
  'demographic_parity_ratio',
  'equal_opportunity',
  'equalized_odds',
  'equalized_odds_ratio',
  'predictive_parity',
  'accuracy',
  'calibration',
  'flipped',
] as const;
export const NUMBER_DEFINITIONS = ['mean_answer', 'mean_error'] as const;
export const DEFINITIONS = [...CLASS_DEFINITIONS, ...NUMBER_DEFINITIONS] as const;
export type Definition = (typeof DEFINITIONS)[number];

type Words = {
  title: string;
  /** What it asks for, in one sentence. */
  asks: string;
  /** A difference must stay below its limit, a ratio above. */
  better: 'low' | 'high';
  /** The limit that a policy begins with; null where only the people of the project can know one. */
  limit: number | null;
};

export const DEFINITION_WORDS: Record<Definition, Words> = {
  demographic_parity: {
    title: 'Demographic parity',
    asks: 'Every group gets the answer equally often: the largest difference of selection rates.',
    better: 'low',
    limit: 0.1,
  },
  demographic_parity_ratio: {
    title: 'Demographic parity, ratio',
    asks: 'Every group gets the answer equally often: the lowest selection rate divided by the highest (0.8 is the "four fifths" rule).',
    better: 'high',
    limit: 0.8,
  },
  equal_opportunity: {
    title: 'Equal opportunity',
    asks: 'Those to whom the answer is due get it equally often in every group: the largest difference of true positive rates.',
    better: 'low',
    limit: 0.1,
  },
  equalized_odds: {
    title: 'Equalised odds',
    asks: 'Right and wrong answers come equally often in every group: the larger of the differences of true and of false positive rates.',
    better: 'low',
    limit: 0.1,
  },
  equalized_odds_ratio: {
    title: 'Equalised odds, ratio',
    asks: 'Right and wrong answers come equally often in every group: the smaller of the ratios of true and of false positive rates.',
    better: 'high',
    limit: 0.8,
  },
  predictive_parity: {
    title: 'Predictive parity',
    asks: 'The answer is right equally often in every group: the largest difference of precision.',
    better: 'low',
    limit: 0.1,
  },
  accuracy: {
    title: 'Equal accuracy',
    asks: 'All answers together are right equally often in every group: the largest difference of accuracy.',
    better: 'low',
    limit: 0.1,
  },
  calibration: {
    title: 'Calibration by group',
    asks: 'A probability means the same in every group: the calibration error of the group in which it is largest.',
    better: 'low',
    limit: 0.1,
  },
  flipped: {
    title: 'Flipped column',
    asks: 'The column itself decides nothing: the share of answers that change when only its value is changed.',
    better: 'low',
    limit: 0.01,
  },
  mean_answer: {
    title: 'Equal mean answer',
    asks: 'Every group gets the same answer on average: the largest difference of mean predictions.',
    better: 'low',
    limit: null,
  },
  mean_error: {
    title: 'Equal mean error',
    asks: 'The model is equally far off in every group: the largest difference of mean absolute errors.',
    better: 'low',
    limit: null,
  },
};

/** True when the figure keeps the limit. A figure that doesn't exist keeps none. */
export function keepsLimit(definition: Definition, value: number | null, limit: number): boolean | null {
  if (value === null) return null;
  return DEFINITION_WORDS[definition].better === 'low' ? value <= limit : value >= limit;
}
