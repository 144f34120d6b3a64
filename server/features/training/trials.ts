import type { Feature, Space } from './training.schema.ts';

/** The settings of one trial, as the trainer takes them. */
export type TrialParams = {
  ngramMax: 1 | 2 | 3;
  vocabularySize: number;
  l2: number;
  classWeight: 'none' | 'balanced';
  epochs: number;
};

/** Each combination of the values, the last setting changing fastest. Without a text its two settings have no effect, so only their first value is taken. */
export function trialsOf(space: Space, o: { features: readonly Feature[]; epochs: number }): TrialParams[] {
  const hasText = o.features.some((feature) => feature.kind === 'text');
  const first = <T>(values: T[]) => (hasText ? values : values.slice(0, 1));
  return first(space.ngramMax).flatMap((ngramMax) =>
    first(space.vocabularySize).flatMap((vocabularySize) =>
      space.l2.flatMap((l2) =>
        space.classWeight.map((classWeight) => ({ ngramMax, vocabularySize, l2, classWeight, epochs: o.epochs })),
      ),
    ),
  );
}

/** Parameters of a run as texts, in words that a table of runs can show. */
export function paramsOf(trial: TrialParams, features: readonly Feature[]): Record<string, string> {
  const hasText = features.some((feature) => feature.kind === 'text');
  return {
    model: 'logistic-regression',
    features: features.map((feature) => feature.name).join(', '),
    ...(hasText ? { ngramMax: String(trial.ngramMax), vocabularySize: String(trial.vocabularySize) } : {}),
    l2: String(trial.l2),
    classWeight: trial.classWeight,
    epochs: String(trial.epochs),
  };
}

/** The settings of a run, back from its parameters. */
export function trialOf(params: readonly { key: string; value: string }[]): TrialParams {
  const of = (key: string) => params.find((param) => param.key === key)?.value;
  const ngramMax = Number(of('ngramMax') ?? 1);
  return {
    ngramMax: ngramMax === 3 ? 3 : ngramMax === 2 ? 2 : 1,
    vocabularySize: Number(of('vocabularySize') ?? 1),
    l2: Number(of('l2')),
    classWeight: of('classWeight') === 'balanced' ? 'balanced' : 'none',
    epochs: Number(of('epochs')),
  };
}
