// Reference: shap 0.51.0 with f(z) = z0 z1 + sin(3 z2) + z3 z0 - z4² on the rows below, background the first five rows,
// explained rows six and seven: shap.explainers.Exact and shap.explainers.Permutation(f, shap.maskers.Independent(Z[:5])) and
// shap.KernelExplainer(f, Z[:5]).shap_values gave the same figures to 15 places.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { exhaustiveSize, moved, permittedValues, scaleOf, smallSets } from './counterfactual.ts';
import { meanAbsolute, permutationImportance } from './importance.ts';
import { kernelValues, kernelWeight, planKernel } from './kernel-shap.ts';
import { permutationValues, planPermutations } from './permutation-shap.ts';
import { groupWords, splitWords, withoutSpans } from './words.ts';

const Z = [
  [0.057, 0.009, 0.994, 0.535, 0.141],
  [0.417, 0.02, 0.152, 0.553, 0.152],
  [0.204, 0.273, 0.333, 0.133, 0.673],
  [0.64, 0.481, 0.177, 0.327, 0.69],
  [0.981, 0.721, 0.207, 0.653, 0.828],
  [0.193, 0.022, 0.027, 0.653, 0.576],
  [0.514, 0.6, 0.764, 0.912, 0.63],
  [0.385, 0.682, 0.771, 0.699, 0.12],
];
const EXPECTED = [
  [-0.2403172, -0.129815, -0.424778806535, 0.0568498, -0.0002564],
  [0.0096335, 0.1068658, 0.245321238965, 0.2171113, -0.0653804],
];
const f = (z: number[]) => (z[0] ?? 0) * (z[1] ?? 0) + Math.sin(3 * (z[2] ?? 0)) + (z[3] ?? 0) * (z[0] ?? 0) - (z[4] ?? 0) ** 2;

/** The mean output over the background when only the features of the mask are those of the row. */
function masked(row: number[], mask: Uint8Array): number {
  const background = Z.slice(0, 5);
  return background.reduce((sum, other) => sum + f(row.map((value, j) => (mask[j] ? value : (other[j] ?? 0)))), 0) / 5;
}

describe('black boxes', () => {
  it.each([0, 1])('kernel SHAP of row %i as shap.KernelExplainer', (i) => {
    const row = Z[5 + i] ?? [];
    const plan = planKernel(5, 64, createRandom(1));
    expect(plan.exact).toBe(true);
    const values = kernelValues(
      plan,
      plan.masks.map((mask) => masked(row, mask)),
    );
    for (const [j, value] of values.entries()) expect(value).toBeCloseTo(EXPECTED[i]?.[j] ?? 0, 10);
  });

  it.each([0, 1])('permutation SHAP of row %i as shap.explainers.Permutation', (i) => {
    const row = Z[5 + i] ?? [];
    const plan = planPermutations(5, 3, createRandom(2));
    const { values } = permutationValues(
      plan,
      plan.masks.map((mask) => masked(row, mask)),
    );
    // Only pairs of features interact here, so walking forwards and backwards is exact.
    for (const [j, value] of values.entries()) expect(value).toBeCloseTo(EXPECTED[i]?.[j] ?? 0, 10);
  });

  it('sum to the difference of the outputs, also when coalitions are drawn', () => {
    const row = Array.from({ length: 16 }, (_, j) => Math.sin(j));
    const output = (mask: Uint8Array) => {
      const known = row.map((value, j) => (mask[j] ? value : 0));
      return known.reduce((sum, value, j) => sum + value * (known[(j + 1) % 16] ?? 0), 0) + 0.5 * (known[3] ?? 0);
    };
    const kernel = planKernel(16, 400, createRandom(3));
    expect(kernel.exact).toBe(false);
    const values = kernelValues(kernel, kernel.masks.map(output));
    const gain = output(new Uint8Array(16).fill(1)) - output(new Uint8Array(16));
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(gain, 10);
    const walked = planPermutations(16, 4, createRandom(3));
    const exact = permutationValues(walked, walked.masks.map(output)).values;
    expect(exact.reduce((sum, value) => sum + value, 0)).toBeCloseTo(gain, 10);
    for (const [j, value] of values.entries()) expect(value).toBeCloseTo(exact[j] ?? 0, 1);
  });

  it('weighs coalitions by the Shapley kernel', () => {
    // (M - 1) / (C(M, s) s (M - s)) for M = 4: 3/12, 3/24, 3/12
    expect([1, 2, 3].map((size) => kernelWeight(4, size))).toEqual([0.25, 0.125, 0.25]);
    expect(planKernel(1, 16, createRandom(1)).masks).toHaveLength(2);
    expect(kernelValues(planKernel(1, 16, createRandom(1)), [1, 3])).toEqual(Float64Array.from([2]));
  });
});

describe('words', () => {
  it('are found with their places and taken out again', () => {
    const text = 'Don’t WIN, win money!';
    const words = splitWords(text);
    expect(words.map((word) => word.key)).toEqual(['don’t', 'win', 'win', 'money']);
    expect(withoutSpans(text, words.slice(1, 3))).toBe('Don’t , money!');
    expect(withoutSpans('a b c', splitWords('a b c').slice(1, 2))).toBe('a c');
  });

  it('go together when they are the same, or neighbours where there are too many', () => {
    expect(groupWords(splitWords('a b a c'), 3)).toEqual([[0, 2], [1], [3]]);
    expect(groupWords(splitWords('a b c d e'), 2)).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
  });
});

describe('counterfactuals', () => {
  it('try small sets first', () => {
    expect(smallSets(3, 2, 100)).toEqual([[0], [1], [2], [0, 1], [0, 2], [1, 2]]);
    expect(smallSets(10, 3, 60)).toHaveLength(55);
    expect(exhaustiveSize(10, 3, 60)).toBe(2);
  });

  it('permit only changes in the direction that was set', () => {
    expect(permittedValues(5, [1, 9, 7, 5, null], 'up', 10)).toEqual([7, 9]);
    expect(permittedValues(5, [1, 9, 7, 5], 'down', 10)).toEqual([1]);
    expect(permittedValues(5, [1], 'fixed', 10)).toEqual([]);
    expect(permittedValues('a', ['a', 'b', 'c', 'c', null], 'any', 10)).toEqual(['c', 'b']);
  });

  it('measure how far a value was moved', () => {
    expect(scaleOf([1, 2, 3, 4, null])).toBe(1);
    expect(moved(1, 3, 2)).toBe(1);
    expect(moved('a', 'b', 5)).toBe(1);
  });
});

describe('importance', () => {
  it('is the mean size of the values, with its interval', () => {
    const [first, second] = meanAbsolute(
      [
        [1, 0],
        [-3, 0],
      ],
      2,
    );
    expect(first).toMatchObject({ estimate: 2, n: 2 });
    expect(second).toMatchObject({ estimate: 0, lower: 0, upper: 0 });
  });

  it('is the loss of right answers when a column is shuffled', () => {
    const found = permutationImportance(
      [1, 1, 1, 0],
      [
        [0, 1, 1, 0],
        [0, 0, 1, 0],
      ],
    );
    expect(found?.estimate).toBeCloseTo(0.375, 12);
    expect(permutationImportance([1], [])).toBeNull();
  });
});
