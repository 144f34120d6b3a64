/** Tree ensembles of a graph: TreeEnsembleClassifier and TreeEnsembleRegressor (ai.onnx.ml 1 to 3), TreeEnsemble (5). */
import type { Comparison, PostTransform, Tree, TreeEnsemble, TreeNode } from '../../domain/explain/tree-ensemble.ts';
import { numberOf, numbersOf, stringOf, stringsOf } from './reading.ts';
import type { NodeProto } from './tensors.ts';

const AVERAGE = 'AVERAGE';
const POSTS: PostTransform[] = ['NONE', 'SOFTMAX', 'LOGISTIC', 'SOFTMAX_ZERO', 'PROBIT'];
const MODES: Comparison[] = ['LEQ', 'LT', 'GTE', 'GT', 'EQ', 'NEQ', 'MEMBER'];

/** The ensemble of a node over `features` features; null when it aggregates by minimum or maximum, which isn't a sum. */
export function readTrees(node: NodeProto, features: number): TreeEnsemble | null {
  if (node.opType === 'TreeEnsemble') return readNewTrees(node, features);
  const what = node.opType === 'TreeEnsembleClassifier' ? 'class' : 'target';
  const aggregate = stringOf(node, 'aggregate_function') ?? 'SUM';
  if (aggregate !== 'SUM' && aggregate !== AVERAGE) return null;
  const targetIds = numbersOf(node, `${what}_ids`);
  const targets = Math.max(
    numberOf(node, 'n_targets') ?? 0,
    new Set(targetIds).size === 1 ? 1 : Math.max(0, ...targetIds) + 1,
    1,
  );
  const leaves = new Map<string, Float64Array>();
  const ofTree = numbersOf(node, `${what}_treeids`);
  const ofNode = numbersOf(node, `${what}_nodeids`);
  numbersOf(node, `${what}_weights`).forEach((weight, i) => {
    const key = `${ofTree[i]}/${ofNode[i]}`;
    const leaf = leaves.get(key) ?? new Float64Array(targets);
    const target = targets === 1 ? 0 : (targetIds[i] ?? 0);
    leaf[target] = (leaf[target] ?? 0) + weight;
    leaves.set(key, leaf);
  });
  const base = numbersOf(node, 'base_values');
  return {
    trees: readNodes(node, leaves, targets),
    targets,
    features,
    base: Float64Array.from({ length: targets }, (_, t) => base[t] ?? 0),
    average: aggregate === AVERAGE,
    post: (stringOf(node, 'post_transform') ?? 'NONE') as PostTransform,
  };
}

function readNodes(node: NodeProto, leaves: Map<string, Float64Array>, targets: number): Tree[] {
  const [ids, trees] = [numbersOf(node, 'nodes_nodeids'), numbersOf(node, 'nodes_treeids')];
  const [feature, threshold] = [numbersOf(node, 'nodes_featureids'), numbersOf(node, 'nodes_values')];
  const [yes, no] = [numbersOf(node, 'nodes_truenodeids'), numbersOf(node, 'nodes_falsenodeids')];
  const missing = numbersOf(node, 'nodes_missing_value_tracks_true');
  const hits = numbersOf(node, 'nodes_hitrates');
  const modes = stringsOf(node, 'nodes_modes');
  return [...Map.groupBy(ids.keys(), (i) => trees[i] ?? 0).values()].map((own) => {
    const place = new Map(own.map((i, at) => [ids[i] ?? 0, at]));
    const nodes = own.map((i): TreeNode => {
      const mode = (modes[i] ?? 'LEAF').replace('BRANCH_', '');
      const leaf = mode === 'LEAF' ? (leaves.get(`${trees[i]}/${ids[i]}`) ?? new Float64Array(targets)) : null;
      return {
        feature: feature[i] ?? 0,
        comparison: (mode === 'LEAF' ? 'LEQ' : mode) as Comparison,
        threshold: threshold[i] ?? 0,
        members: null,
        yes: place.get(yes[i] ?? -1) ?? 0,
        no: place.get(no[i] ?? -1) ?? 0,
        missingYes: missing[i] === 1,
        leaf,
      };
    });
    return { nodes, cover: Float64Array.from(own, (i) => hits[i] ?? 0) };
  });
}

function readNewTrees(node: NodeProto, features: number): TreeEnsemble | null {
  const aggregate = numberOf(node, 'aggregate_function') ?? 1;
  if (aggregate > 1) return null;
  const targets = numberOf(node, 'n_targets') ?? 1;
  const numbers = (name: string) => numbersOf(node, name);
  const [feature, splits, modes] = [numbers('nodes_featureids'), numbers('nodes_splits'), numbers('nodes_modes')];
  const [yes, no] = [numbers('nodes_truenodeids'), numbers('nodes_falsenodeids')];
  const [yesLeaf, noLeaf] = [numbers('nodes_trueleafs'), numbers('nodes_falseleafs')];
  const missing = numbers('nodes_missing_value_tracks_true');
  const [leafTarget, leafWeight] = [numbers('leaf_targetids'), numbers('leaf_weights')];
  const members = memberSets(numbers('membership_values'), modes);
  const trees = numbers('tree_roots').map((root): Tree => {
    const nodes: TreeNode[] = [];
    const add = (at: number, isLeaf: boolean): number => {
      const place = nodes.length;
      const leaf = isLeaf ? new Float64Array(targets) : null;
      if (leaf) leaf[leafTarget[at] ?? 0] = leafWeight[at] ?? 0;
      const own: TreeNode = {
        feature: isLeaf ? 0 : (feature[at] ?? 0),
        comparison: MODES[modes[at] ?? 0] ?? 'LEQ',
        threshold: splits[at] ?? 0,
        members: isLeaf ? null : (members[at] ?? null),
        yes: 0,
        no: 0,
        missingYes: missing[at] === 1,
        leaf,
      };
      nodes.push(own);
      if (isLeaf) return place;
      // A node whose two branches are the same leaf stands for a tree of one leaf.
      own.yes = add(yes[at] ?? 0, yesLeaf[at] === 1);
      own.no = add(no[at] ?? 0, noLeaf[at] === 1);
      return place;
    };
    add(root, false);
    return { nodes, cover: new Float64Array(nodes.length) };
  });
  const post = POSTS[numberOf(node, 'post_transform') ?? 0] ?? 'NONE';
  return { trees, targets, features, base: new Float64Array(targets), average: aggregate === 0, post };
}

/** Members of each MEMBER node in order, divided by NaN in the attribute. */
function memberSets(values: number[], modes: number[]): (Set<number> | null)[] {
  const sets: Set<number>[] = [new Set()];
  for (const value of values) {
    if (Number.isNaN(value)) sets.push(new Set());
    else sets.at(-1)?.add(value);
  }
  let next = 0;
  return modes.map((mode) => (MODES[mode] === 'MEMBER' ? (sets[next++] ?? new Set()) : null));
}
