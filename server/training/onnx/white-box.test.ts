// Reference: shap 0.51.0 on scikit-learn 1.9.1, graphs by skl2onnx (one input a column put before them with a Concat), in
// fixtures/shap-reference.json. X: 60 rows of three uniform figures from the generator below, rounded to 3 places, as float32;
// y = 2 x0 + (x1 > 0.5) x2; classes y > 1.2, or three by the limits 0.8 and 1.4. `forest` RandomForestClassifier(4, max_depth=3,
// bootstrap=False, max_features=2, random_state=1), `boosting` GradientBoostingClassifier(n_estimators=6, max_depth=2,
// random_state=1), `three` RandomForestClassifier(3, max_depth=2, bootstrap=False, max_features=2, random_state=2), `regressor`
// RandomForestRegressor(3, max_depth=3, bootstrap=False, max_features=2, random_state=1), each explained by
// shap.TreeExplainer(model, feature_perturbation='tree_path_dependent').shap_values(X[:4]); `tree5` is `regressor` written as
// the operator TreeEnsemble; `linear` LogisticRegression() by shap.LinearExplainer(model, shap.maskers.Independent(X)).
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { linearExpected, linearShap, meanOfRows } from '../../domain/explain/linear-shap.ts';
import { countCovers, treeOutput } from '../../domain/explain/tree-ensemble.ts';
import { treeShap } from '../../domain/explain/tree-shap.ts';
import { type TrainResult, trainClassifier } from '../classifier.ts';
import { readWhiteBox } from './read-white-box.ts';
import { denseRow, type WhiteBox } from './white-box.ts';

type Reference = { onnx: string; shap: number[][] | number[][][]; expected: number | number[] };
const reference = JSON.parse(readFileSync(new URL('./fixtures/shap-reference.json', import.meta.url), 'utf8')) as Record<
  string,
  Reference
>;

const X = (() => {
  let s = 11;
  const next = () => {
    s = (s * 1664525 + 1013904223) % 4294967296;
    return s / 4294967296;
  };
  return Array.from({ length: 60 }, () => Array.from({ length: 3 }, () => Math.fround(Math.round(next() * 1000) / 1000)));
})();
const rows = X.map(([a, b, c]) => ({ a, b, c }));

function open(name: string): WhiteBox & { expected: number[]; shap: number[][][] } {
  const { onnx, shap, expected } = reference[name] as Reference;
  const box = readWhiteBox(Buffer.from(onnx, 'base64'));
  if (!box) throw new Error(`${name} was not understood`);
  const values = shap as (number | number[])[][];
  return { ...box, expected: [expected].flat(), shap: values?.map((row) => row.map((value) => [value].flat())) };
}

describe('tree ensembles', () => {
  it.each(['forest', 'boosting', 'three', 'regressor'])('%s: values of shap.TreeExplainer', (name) => {
    const box = open(name);
    if (box.inside.kind !== 'trees') throw new Error('no trees');
    const encoded = rows.map((row) => denseRow(box.encode(row), 3));
    const ensemble = countCovers(box.inside.ensemble, encoded);
    box.shap.forEach((expectedRow, i) => {
      const found = treeShap(ensemble, encoded[i] ?? []);
      // For two classes the graph holds only the second one's output, scikit-learn both.
      const first = box.expected.length - ensemble.targets;
      for (let t = 0; t < ensemble.targets; t += 1) {
        expect(found.expected[t]).toBeCloseTo(box.expected[first + t] ?? 0, 5);
        for (const [j, feature] of expectedRow.entries()) {
          expect(found.values[j * ensemble.targets + t]).toBeCloseTo(feature[first + t] ?? 0, 5);
        }
      }
      const output = treeOutput(ensemble, encoded[i] ?? []);
      output.forEach((value, t) => {
        const sum = [0, 1, 2].reduce((total, j) => total + (found.values[j * ensemble.targets + t] ?? 0), found.expected[t] ?? 0);
        expect(sum).toBeCloseTo(value, 10);
      });
    });
  });

  it('are the same as TreeEnsemble of ai.onnx.ml 5', () => {
    const [old, fresh] = [open('regressor'), open('tree5')];
    if (old.inside.kind !== 'trees' || fresh.inside.kind !== 'trees') throw new Error('no trees');
    const [before, after] = [countCovers(old.inside.ensemble, X), countCovers(fresh.inside.ensemble, X)];
    for (const row of X.slice(0, 8)) expect(treeShap(after, row).values).toEqual(treeShap(before, row).values);
  });

  it('stay additive where the background never came by', () => {
    const box = open('forest');
    if (box.inside.kind !== 'trees') throw new Error('no trees');
    const ensemble = countCovers(box.inside.ensemble, X.slice(0, 2));
    for (const row of X) {
      const found = treeShap(ensemble, row);
      const sum = [0, 1, 2].reduce((total, j) => total + (found.values[j] ?? 0), found.expected[0] ?? 0);
      expect(sum).toBeCloseTo(treeOutput(ensemble, row)[0] ?? 0, 10);
    }
  });
});

describe('linear graphs', () => {
  it('of scikit-learn: values of shap.LinearExplainer', () => {
    const box = open('linear');
    if (box.inside.kind !== 'linear') throw new Error('not linear');
    const encoded = rows.map((row) => box.encode(row));
    const mean = meanOfRows(encoded, 3);
    const last = box.targets - 1;
    const weights = [0, 1, 2].map((j) => (box.inside.kind === 'linear' ? (box.inside.weights[j * box.targets + last] ?? 0) : 0));
    box.shap.forEach((row, i) => {
      const found = linearShap(weights, mean, encoded[i] ?? { index: [], value: [] });
      for (const [j, value] of row.entries()) expect(found[j]).toBeCloseTo(value[0] ?? 0, 5);
    });
    expect(linearExpected(weights, mean, box.inside.intercepts[last] ?? 0)).toBeCloseTo(box.expected[0] ?? 0, 5);
  });

  const texts = [
    'Win money now, money!',
    'Meeting at noon about money',
    'win a prize',
    'Lunch at noon?',
    'prize money',
    'notes of the meeting',
  ];
  const columns = {
    text: Array.from({ length: 24 }, (_, i) => texts[i % 6] ?? ''),
    size: Array.from({ length: 24 }, (_, i) => (i % 5 === 0 ? null : i * 1.5)),
    from: Array.from({ length: 24 }, (_, i) => ['x.org', 'y.org', 'z.org'][i % 3] ?? ''),
  };
  const train = (labels: string[]): TrainResult => {
    const training = trainClassifier({
      features: [
        { name: 'text', kind: 'text' },
        { name: 'size', kind: 'number' },
        { name: 'from', kind: 'category' },
      ],
      columns,
      labels,
      params: { ngramMax: 2, vocabularySize: 40, l2: 1, classWeight: 'none', epochs: 20 },
      seed: 1,
    });
    for (;;) {
      const step = training.next();
      if (step.done) return step.value;
    }
  };

  it.each([2, 3])('of our own trainer with %i classes: encoders and weights as they were fitted', (classes) => {
    const { graph, fitted } = train(columns.text.map((_, i) => `c${(i % 6) % classes}`));
    const box = readWhiteBox(graph);
    if (box?.inside.kind !== 'linear') throw new Error('not linear');
    expect(box.targets).toBe(classes === 2 ? 1 : classes);
    expect(box.features).toHaveLength(fitted.model.features);
    const { parameters, features, outputs } = fitted.model;
    for (const [i, weight] of Array.from(box.inside.weights).entries()) expect(weight).toBeCloseTo(parameters[i] ?? 0, 5);
    for (const [k, value] of Array.from(box.inside.intercepts).entries()) {
      expect(value).toBeCloseTo(parameters[features * outputs + k] ?? 0, 5);
    }
  });

  it('finds the words behind the terms of a text', () => {
    const box = readWhiteBox(train(columns.text.map((_, i) => `c${i % 2}`)).graph);
    const text = 'Please WIN money: win money';
    const places = box?.places('text', text) ?? [];
    const named = new Map(places.map((place) => [box?.features[place.column]?.part, place.occurrences]));
    expect(named.get('win money')?.map((spans) => spans.map(({ from, to }) => text.slice(from, to)))).toEqual([
      ['WIN', 'money'],
      ['win', 'money'],
    ]);
    expect(named.get('win')).toHaveLength(2);
    expect(named.has('please')).toBe(false);
    expect(box?.places('size', 'x')).toBeNull();
    const norm = box
      ?.encode({ text, size: null, from: '' })
      .value.slice(0, places.length)
      .reduce((sum, value) => sum + value * value, 0);
    expect(norm).toBeCloseTo(1, 10);
  });

  it('is null for graphs that are neither', () => {
    expect(readWhiteBox(new Uint8Array([1, 2, 3]))).toBeNull();
  });
});
