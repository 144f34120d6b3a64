/** The launch form's values, and what is sent for them. Pure. */
import type { z } from 'zod';
import { urlNameSchema } from '#server/domain/names.ts';
import { type Feature, launchInput, type optionsOutput, type Space } from '#server/features/training/training.schema.ts';
import { L2, parseFigures, VOCABULARY } from './values.ts';

export type Options = z.infer<typeof optionsOutput>;
export type LaunchValues = {
  experiment: string;
  features: Feature[];
  ngramMax: string[];
  vocabularySize: string;
  l2: string;
  classWeight: string[];
  seed: number | string;
  epochs: number | string;
};

export function beginValues(options: Options, experiment: string): LaunchValues {
  const { ngramMax, vocabularySize, l2, classWeight } = options.defaults;
  return {
    experiment,
    features: options.features,
    ngramMax: ngramMax.map(String),
    vocabularySize: vocabularySize.join(', '),
    l2: l2.join(', '),
    classWeight: [...classWeight],
    seed: 1,
    epochs: 100,
  };
}

/** The grid of the values so far; values that can't be read count as none. */
export function spaceOf(values: LaunchValues): Space {
  const vocabulary = parseFigures(values.vocabularySize, VOCABULARY);
  const l2 = parseFigures(values.l2, L2);
  return {
    ngramMax: ([1, 2, 3] as const).filter((n) => values.ngramMax.includes(String(n))),
    vocabularySize: vocabulary.ok ? vocabulary.values : [],
    l2: l2.ok ? l2.values : [],
    classWeight: (['none', 'balanced'] as const).filter((weight) => values.classWeight.includes(weight)),
  };
}

type Errors = Partial<Record<keyof LaunchValues, string>>;
type Result = { ok: true; input: z.infer<typeof launchInput> } | { ok: false; errors: Errors };

/** What is sent, or what is wrong with each field. */
export function toLaunchInput(values: LaunchValues, data: { dataset: string; version: number }): Result {
  const errors: Errors = {};
  const hasText = values.features.some((feature) => feature.kind === 'text');
  const name = urlNameSchema.safeParse(values.experiment);
  const vocabulary = parseFigures(values.vocabularySize, VOCABULARY);
  const l2 = parseFigures(values.l2, L2);
  if (!name.success) errors.experiment = name.error.issues[0]?.message ?? 'Give a name.';
  if (values.features.length === 0) errors.features = 'Choose at least one column to learn from.';
  if (!vocabulary.ok && hasText) errors.vocabularySize = vocabulary.message;
  if (!l2.ok) errors.l2 = l2.message;
  if (values.ngramMax.length === 0) errors.ngramMax = 'Choose at least one.';
  if (values.classWeight.length === 0) errors.classWeight = 'Choose at least one.';
  if (!Number.isInteger(values.seed)) errors.seed = 'A whole number.';
  if (!Number.isInteger(values.epochs)) errors.epochs = 'A whole number.';
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const space = spaceOf(values);
  const parsed = launchInput.safeParse({
    experiment: values.experiment,
    ...data,
    features: values.features,
    // Without a text the vocabulary isn't asked for; the server takes its first value and doesn't use it.
    space: space.vocabularySize.length > 0 ? space : { ...space, vocabularySize: [10_000] },
    seed: values.seed,
    epochs: values.epochs,
  });
  if (parsed.success) return { ok: true, input: parsed.data };
  for (const issue of parsed.error.issues) {
    const field = issue.path[0] === 'space' ? issue.path[1] : issue.path[0];
    errors[(field ?? 'experiment') as keyof LaunchValues] ??= issue.message;
  }
  return { ok: false, errors };
}
