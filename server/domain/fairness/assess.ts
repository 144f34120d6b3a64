/** Everything about one protected column that follows from answers alone, without running the graph again. */
import type { Random } from '../random.ts';
import { type GroupCalibration, groupCalibrations } from './calibration-groups.ts';
import { type Disparity, disparities } from './disparity.ts';
import { type Groups, OTHERS } from './groups.ts';
import { type NumberGroup, numberGroups } from './number-groups.ts';
import { type GroupRates, groupRates, rateCells } from './rates.ts';

type Judged<T> = T & { judged: boolean };
export type ClassAssessment = {
  class: string;
  groups: Judged<GroupRates>[];
  disparities: Disparity[];
  calibration: GroupCalibration[];
};
export type NumberAssessment = { groups: Judged<NumberGroup>[]; disparities: Disparity[] };

/**
 * Each class of `positives` against the rest.
 * @param o.scores [n * K], K in the order of `classes`; empty where the model gives none, and then nothing is calibrated
 */
export function assessClasses(o: {
  groups: Groups;
  truth: readonly string[];
  labels: readonly string[];
  scores: ArrayLike<number>;
  classes: readonly string[];
  positives: readonly string[];
  minimum: number;
  random: Random;
}): ClassAssessment[] {
  return o.positives.map((name) => {
    const truth = o.truth.map((own) => own === name);
    const cells = rateCells(
      o.groups,
      truth,
      o.labels.map((own) => own === name),
    );
    const at = o.classes.indexOf(name);
    const known = at >= 0 && o.scores.length === truth.length * o.classes.length;
    const probability = truth.map((_, row) => o.scores[row * o.classes.length + at] ?? 0);
    const calibration = known ? groupCalibrations(o.groups, probability, truth, o.random) : [];
    return {
      class: name,
      groups: groupRates(o.groups, cells).map((group) => ({ ...group, judged: isJudged(group, o.minimum) })),
      disparities: [...disparities(o.groups, cells, o), ...worstCalibration(calibration, o.minimum)],
      calibration,
    };
  });
}

/** Mean answers and errors, and how far they lie apart. */
export function assessNumbers(o: {
  groups: Groups;
  truth: ArrayLike<number>;
  answers: ArrayLike<number>;
  minimum: number;
  random: Random;
}): NumberAssessment {
  const found = numberGroups(o.groups, o.answers, o.truth, o);
  return {
    groups: found.groups.map((group) => ({ ...group, judged: isJudged(group, o.minimum) })),
    disparities: (['mean_answer', 'mean_error'] as const).map((definition) => ({
      definition,
      chance: null,
      ...found[definition],
    })),
  };
}

function worstCalibration(groups: readonly GroupCalibration[], minimum: number): Disparity[] {
  const judged = groups.filter((group) => isJudged(group, minimum) && group.error);
  const ranked = [...judged].sort((a, b) => (a.error?.estimate ?? 0) - (b.error?.estimate ?? 0));
  const worst = ranked.at(-1);
  return [
    {
      definition: 'calibration',
      interval: worst?.error ?? null,
      chance: null,
      low: ranked[0]?.name ?? null,
      high: worst?.name ?? null,
      groups: judged.length,
    },
  ];
}

/** The tail of small values stands together only on the screen: it is no group of people or things. */
function isJudged(group: { name: string; n: number }, minimum: number): boolean {
  return group.n >= minimum && group.name !== OTHERS;
}
