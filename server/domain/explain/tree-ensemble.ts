/** Decision trees as ONNX has them (operators TreeEnsembleClassifier, TreeEnsembleRegressor, TreeEnsemble of ai.onnx.ml). */

/** How a node compares its feature with its threshold; true goes to `yes`. */
export type Comparison = 'LEQ' | 'LT' | 'GTE' | 'GT' | 'EQ' | 'NEQ' | 'MEMBER';

export type TreeNode = {
  feature: number;
  comparison: Comparison;
  threshold: number;
  /** Only for MEMBER. */
  members: ReadonlySet<number> | null;
  yes: number;
  no: number;
  /** A missing value goes to `yes`. */
  missingYes: boolean;
  /** [targets] at a leaf; null inside the tree. */
  leaf: Float64Array | null;
};

/** The first node is the root; `cover` says how many rows of a background came by each node. */
export type Tree = { nodes: TreeNode[]; cover: Float64Array };

export type PostTransform = 'NONE' | 'LOGISTIC' | 'SOFTMAX' | 'SOFTMAX_ZERO' | 'PROBIT';

/** Raw output = base + sum (or mean) of each tree's leaf, [targets]. */
export type TreeEnsemble = {
  trees: Tree[];
  targets: number;
  features: number;
  base: Float64Array;
  average: boolean;
  post: PostTransform;
};

/** Whether a row goes to `yes`. Thresholds and values are float32, as in the graph. */
export function goesYes(node: TreeNode, x: ArrayLike<number>): boolean {
  const value = Math.fround(x[node.feature] ?? Number.NaN);
  if (Number.isNaN(value)) return node.missingYes;
  switch (node.comparison) {
    case 'LEQ':
      return value <= node.threshold;
    case 'LT':
      return value < node.threshold;
    case 'GTE':
      return value >= node.threshold;
    case 'GT':
      return value > node.threshold;
    case 'EQ':
      return value === node.threshold;
    case 'NEQ':
      return value !== node.threshold;
    case 'MEMBER':
      return node.members?.has(value) ?? false;
  }
}

/** Raw output [targets] of a row. */
export function treeOutput(ensemble: TreeEnsemble, x: ArrayLike<number>): Float64Array {
  const sum = Float64Array.from(ensemble.base);
  const scale = ensemble.average ? 1 / ensemble.trees.length : 1;
  for (const { nodes } of ensemble.trees) {
    let at = 0;
    for (let node = nodes[at]; node && !node.leaf; node = nodes[at]) at = goesYes(node, x) ? node.yes : node.no;
    nodes[at]?.leaf?.forEach((value, t) => {
      sum[t] = (sum[t] ?? 0) + value * scale;
    });
  }
  return sum;
}

/** Counts how many of the rows come by each node: what path-dependent SHAP takes as the weight of a branch. */
export function countCovers(ensemble: TreeEnsemble, rows: readonly ArrayLike<number>[]): TreeEnsemble {
  const trees = ensemble.trees.map(({ nodes }) => {
    const cover = new Float64Array(nodes.length);
    for (const row of rows) {
      let at = 0;
      for (;;) {
        cover[at] = (cover[at] ?? 0) + 1;
        const node = nodes[at];
        if (!node || node.leaf) break;
        at = goesYes(node, row) ? node.yes : node.no;
      }
    }
    return { nodes, cover };
  });
  return { ...ensemble, trees };
}
