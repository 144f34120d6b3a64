import { linearShap, meanOfRows, type SparseVector } from '#server/domain/explain/linear-shap.ts';
import { countCovers, type TreeEnsemble, treeOutput } from '#server/domain/explain/tree-ensemble.ts';
import { treeExpected, treeShap } from '#server/domain/explain/tree-shap.ts';
import { denseRow, type WhiteBox } from '#server/training/onnx/white-box.ts';
import { mixed, type OutputView } from './outputs.ts';

type Row = Readonly<Record<string, string | number | null>>;

/** Exact values of a white box against a background. */
export type Explainer = {
  method: 'linear' | 'tree';
  /** Raw outputs of a row, [targets]. */
  raw(vector: SparseVector): Float64Array;
  expected(view: OutputView): number;
  /** SHAP values of all features for this view. */
  values(vector: SparseVector, view: OutputView): Float64Array;
};

/** The explainer of a white box; means and covers come from the background rows. */
export function makeExplainer(box: WhiteBox, background: readonly Row[]): Explainer {
  const encoded = background.map((row) => box.encode(row));
  return box.inside.kind === 'linear' ? linearExplainer(box, encoded) : treeExplainer(box, encoded, box.inside.ensemble);
}

function linearExplainer(box: WhiteBox, background: SparseVector[]): Explainer {
  const width = box.features.length;
  const mean = meanOfRows(background, width);
  const { weights, intercepts } = box.inside as Extract<WhiteBox['inside'], { kind: 'linear' }>;
  const known = new Map<OutputView, Float64Array>();
  const weightsOf = (view: OutputView) => {
    const found =
      known.get(view) ??
      Float64Array.from({ length: width }, (_, j) => mixed(weightsAt(weights, j, box.targets), { ...view, constant: 0 }));
    known.set(view, found);
    return found;
  };
  return {
    method: 'linear',
    raw: (vector) => {
      const sum = Float64Array.from({ length: box.targets }, (_, t) => intercepts[t] ?? 0);
      for (const [at, j] of vector.index.entries()) {
        for (let t = 0; t < box.targets; t += 1)
          sum[t] = (sum[t] ?? 0) + (weights[j * box.targets + t] ?? 0) * (vector.value[at] ?? 0);
      }
      return sum;
    },
    expected: (view) => {
      const own = weightsOf(view);
      return mean.reduce((sum, value, j) => sum + value * (own[j] ?? 0), mixed(intercepts, view));
    },
    values: (vector, view) => linearShap(weightsOf(view), mean, vector),
  };
}

function weightsAt(weights: ArrayLike<number>, j: number, targets: number): number[] {
  return Array.from({ length: targets }, (_, t) => weights[j * targets + t] ?? 0);
}

function treeExplainer(box: WhiteBox, background: SparseVector[], given: TreeEnsemble): Explainer {
  const width = box.features.length;
  const dense = (vector: SparseVector) => denseRow(vector, width);
  const ensemble = background.length > 0 ? countCovers(given, background.map(dense)) : given;
  const expected = treeExpected(ensemble);
  return {
    method: 'tree',
    raw: (vector) => treeOutput(ensemble, dense(vector)),
    expected: (view) => mixed(expected, view),
    values: (vector, view) => {
      const { values } = treeShap(ensemble, dense(vector));
      return Float64Array.from({ length: width }, (_, j) =>
        mixed(values.subarray(j * box.targets, (j + 1) * box.targets), { ...view, constant: 0 }),
      );
    },
  };
}
