import { expect, test } from 'vitest';
import { beginValues, type LaunchValues, type Options, spaceOf, toLaunchInput } from './form-values.ts';

const OPTIONS: Options = {
  label: 'label',
  features: [
    { name: 'body', kind: 'text' },
    { name: 'length', kind: 'number' },
  ],
  parts: [],
  problems: [],
  defaults: { ngramMax: [1, 2], vocabularySize: [10_000, 30_000], l2: [0.1, 1], classWeight: ['none'] },
};
const DATA = { dataset: 'mail', version: 3 };
const change = (values: Partial<LaunchValues>) => toLaunchInput({ ...beginValues(OPTIONS, 'spam-filter'), ...values }, DATA);

test('what the form begins with can be sent', () => {
  expect(change({})).toEqual({
    ok: true,
    input: {
      experiment: 'spam-filter',
      ...DATA,
      features: OPTIONS.features,
      space: OPTIONS.defaults,
      seed: 1,
      epochs: 100,
    },
  });
});

test('each field says what is wrong with it', () => {
  const wrong = change({
    experiment: 'Spam filter',
    features: [],
    l2: 'x',
    ngramMax: [],
    classWeight: [],
    seed: '',
    epochs: 1.5,
  });
  expect(wrong.ok ? [] : Object.keys(wrong.errors).sort()).toEqual(
    ['classWeight', 'epochs', 'experiment', 'features', 'l2', 'ngramMax', 'seed'].sort(),
  );
  expect(change({ epochs: 5000 }).ok).toBe(false);
});

test('without a text the vocabulary may be anything', () => {
  const sent = change({ features: [{ name: 'length', kind: 'number' }], vocabularySize: '' });
  expect(sent.ok && sent.input.space.vocabularySize).toEqual([10_000]);
  expect(spaceOf({ ...beginValues(OPTIONS, ''), vocabularySize: 'many' }).vocabularySize).toEqual([]);
});
