/** Whether a version's evidence suffices for a promotion: three gates, each with its figure, interval and words. */
import type { EvaluationSummary, PairedComparison } from './evaluation.schema.ts';
import type { GateResult, GateSettings } from './gates.schema.ts';
import type { Interval } from './stats/interval.schema.ts';

/** Where the version would go and what is there now, for the words. */
export type Incumbent = { name: string; comparison: PairedComparison };

/**
 * Judges all gates.
 * @param o.incumbent what is in the stage now, compared on the same rows; null when the stage is empty
 */
export function judgeGates(o: { settings: GateSettings; candidate: EvaluationSummary; incumbent: Incumbent | null }): {
  passed: boolean;
  gates: GateResult[];
} {
  const gates = [f1Gate(o.settings, o.candidate), sliceGate(o.settings, o.candidate), incumbentGate(o.settings, o.incumbent)];
  return { passed: gates.every((gate) => gate.passed), gates };
}

function f1Gate({ f1: { class: name, minimum } }: GateSettings, candidate: EvaluationSummary): GateResult {
  const figure = name === null ? candidate.macroF1 : (candidate.perClass.find((one) => one.name === name)?.f1 ?? null);
  const what = name === null ? 'the mean of all classes' : `class ${name}`;
  const base = {
    id: 'f1' as const,
    title: `F1 of ${what} at least ${minimum}`,
    threshold: minimum,
    ...parts(figure, candidate.rows),
  };
  if (!figure) return { ...base, passed: false, sentence: `There is no F1 of ${what}: the evaluated rows hold too few of it.` };
  const passed = figure.estimate >= minimum;
  return { ...base, passed, sentence: `F1 of ${what} is ${told(figure)}; at least ${minimum} is asked for.` };
}

function sliceGate({ slices: { minimum, minRows } }: GateSettings, candidate: EvaluationSummary): GateResult {
  const large = candidate.slices.filter((slice) => slice.rows >= minRows);
  const worst = large.reduce<(typeof large)[number] | null>(
    (found, slice) => (found === null || slice.accuracy.estimate < found.accuracy.estimate ? slice : found),
    null,
  );
  const title = `Accuracy at least ${minimum} in every slice of ${minRows} or more rows`;
  const base = { id: 'slices' as const, title, threshold: minimum, ...parts(worst?.accuracy ?? null, worst?.rows ?? 0) };
  if (!worst) return { ...base, passed: true, sentence: `No slice has ${minRows} rows, so there is none to judge.` };
  const low = large.filter((slice) => slice.accuracy.estimate < minimum);
  const where = `${worst.column} ${worst.value} (${worst.rows} rows)`;
  const others = low.length > 1 ? ` ${low.length} of ${large.length} slices are below ${minimum}.` : '';
  return {
    ...base,
    passed: low.length === 0,
    sentence: `The lowest of ${large.length} slices is ${where} with ${told(worst.accuracy)}; at least ${minimum} is asked for.${others}`,
  };
}

function incumbentGate({ f1, incumbent: { margin } }: GateSettings, incumbent: Incumbent | null): GateResult {
  const title = `Not worse than what is there now by more than ${margin}`;
  const base = { id: 'incumbent' as const, title, threshold: -margin };
  if (!incumbent) {
    const sentence = 'Nothing is in that stage yet, so there is nothing to be worse than.';
    return { ...base, ...parts(null, 0), passed: true, sentence };
  }
  const { comparison, name } = incumbent;
  const ofClass = comparison.perClass.find((one) => one.name === f1.class);
  const difference = f1.class === null ? comparison.macroF1.difference : (ofClass?.difference ?? null);
  if (!difference) {
    const sentence = `F1 can't be compared with ${name}: the common rows hold too few of the class.`;
    return { ...base, ...parts(null, comparison.rows), passed: false, sentence };
  }
  return {
    ...base,
    ...parts(difference, comparison.rows),
    passed: difference.lower > -margin,
    sentence: `F1 minus that of ${name}, on the same ${comparison.rows} rows: ${told(difference)}; the lower end must be above ${-margin}.`,
  };
}

function parts(figure: Interval | null, n: number) {
  return {
    figure: figure?.estimate ?? null,
    lower: figure?.lower ?? null,
    upper: figure?.upper ?? null,
    method: figure?.method ?? null,
    n: figure?.n ?? n,
  };
}

function told(figure: Interval): string {
  const [estimate, lower, upper] = [figure.estimate, figure.lower, figure.upper].map((value) => value.toFixed(3));
  return `${estimate} (95 % interval ${lower} to ${upper})`;
}
