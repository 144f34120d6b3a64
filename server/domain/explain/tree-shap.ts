/**
 * Path-dependent TreeSHAP: algorithm 2 of Lundberg, Erion and Lee, Consistent Individualized Feature Attribution for Tree
 * Ensembles (arXiv 1802.03888), in time O(leaves · depth²) a tree. Features that are left out follow both branches, weighed by
 * how many background rows took them. The sum of all values and the expected output is the raw output.
 */
import { goesYes, type Tree, type TreeEnsemble } from './tree-ensemble.ts';

/** One feature on the way down: the shares of rows that flow on when it is left out (`zero`) or known (`one`). */
type Step = { feature: number; zero: number; one: number; weight: number };

export type TreeShap = {
  /** [targets] */
  expected: Float64Array;
  /** [features * targets], targets of a feature side by side. */
  values: Float64Array;
};

/** SHAP values of the raw output of one row; covers must have been counted. */
export function treeShap(ensemble: TreeEnsemble, x: ArrayLike<number>): TreeShap {
  const { targets, features } = ensemble;
  const values = new Float64Array(features * targets);
  const scale = ensemble.average ? 1 / ensemble.trees.length : 1;
  for (const tree of ensemble.trees) walk(tree, x, { values, targets, scale });
  return { expected: treeExpected(ensemble), values };
}

/** The mean raw output over the background, [targets]. */
export function treeExpected(ensemble: TreeEnsemble): Float64Array {
  const sum = Float64Array.from(ensemble.base);
  const scale = ensemble.average ? 1 / ensemble.trees.length : 1;
  for (const tree of ensemble.trees) {
    const visit = (at: number, share: number): void => {
      const node = tree.nodes[at];
      if (!node || share === 0) return;
      if (node.leaf) {
        node.leaf.forEach((value, t) => {
          sum[t] = (sum[t] ?? 0) + value * share * scale;
        });
        return;
      }
      const [yes, no] = sharesOf(tree, at);
      visit(node.yes, share * yes);
      visit(node.no, share * no);
    };
    visit(0, 1);
  }
  return sum;
}

/** How the background divides at a node; evenly where none of its rows came by. */
function sharesOf(tree: Tree, at: number): [number, number] {
  const node = tree.nodes[at];
  const [yes, no] = [tree.cover[node?.yes ?? 0] ?? 0, tree.cover[node?.no ?? 0] ?? 0];
  return yes + no === 0 ? [0.5, 0.5] : [yes / (yes + no), no / (yes + no)];
}

function walk(tree: Tree, x: ArrayLike<number>, o: { values: Float64Array; targets: number; scale: number }): void {
  const recurse = (at: number, before: readonly Step[], zero: number, one: number, feature: number): void => {
    // Neither known nor unknown rows come here: it adds nothing.
    if (zero === 0 && one === 0) return;
    const path = extend(before, zero, one, feature);
    const node = tree.nodes[at];
    if (!node) return;
    if (node.leaf) {
      for (let i = 1; i < path.length; i += 1) {
        const step = path[i] as Step;
        const share = unwoundSum(path, i) * (step.one - step.zero) * o.scale;
        for (let t = 0; t < o.targets; t += 1) {
          const place = step.feature * o.targets + t;
          o.values[place] = (o.values[place] ?? 0) + share * (node.leaf[t] ?? 0);
        }
      }
      return;
    }
    const yes = goesYes(node, x);
    const [yesShare, noShare] = sharesOf(tree, at);
    const [hot, hotShare] = yes ? [node.yes, yesShare] : [node.no, noShare];
    const [cold, coldShare] = yes ? [node.no, noShare] : [node.yes, yesShare];
    const known = path.findIndex((step, i) => i > 0 && step.feature === node.feature);
    const earlier = known < 0 ? { zero: 1, one: 1 } : (path[known] as Step);
    const rest = known < 0 ? path : unwind(path, known);
    recurse(hot, rest, earlier.zero * hotShare, earlier.one, node.feature);
    recurse(cold, rest, earlier.zero * coldShare, 0, node.feature);
  };
  recurse(0, [], 1, 1, -1);
}

function extend(before: readonly Step[], zero: number, one: number, feature: number): Step[] {
  const depth = before.length;
  const path = before.map((step) => ({ ...step }));
  path.push({ feature, zero, one, weight: depth === 0 ? 1 : 0 });
  for (let i = depth - 1; i >= 0; i -= 1) {
    const [own, next] = [path[i] as Step, path[i + 1] as Step];
    next.weight += (one * own.weight * (i + 1)) / (depth + 1);
    own.weight = (zero * own.weight * (depth - i)) / (depth + 1);
  }
  return path;
}

/** The path as if step `i` had never been taken. */
function unwind(path: readonly Step[], i: number): Step[] {
  const weights = unwoundWeights(path, i);
  return path.filter((_, at) => at !== i).map((step, at) => ({ ...step, weight: weights[at] ?? 0 }));
}

function unwoundSum(path: readonly Step[], i: number): number {
  return unwoundWeights(path, i).reduce((sum, weight) => sum + weight, 0);
}

function unwoundWeights(path: readonly Step[], i: number): number[] {
  const depth = path.length - 1;
  const { one, zero } = path[i] as Step;
  const weights = new Array<number>(depth).fill(0);
  let next = (path[depth] as Step).weight;
  for (let j = depth - 1; j >= 0; j -= 1) {
    const own = (path[j] as Step).weight;
    if (one !== 0) {
      weights[j] = (next * (depth + 1)) / ((j + 1) * one);
      next = own - ((weights[j] ?? 0) * zero * (depth - j)) / (depth + 1);
    } else {
      weights[j] = (own * (depth + 1)) / (zero * (depth - j));
    }
  }
  return weights;
}
