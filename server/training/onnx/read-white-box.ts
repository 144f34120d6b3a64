/** Opens a graph and says what is inside, where it is linear or made of trees; null for everything else. */
import type { PostTransform } from '../../domain/explain/tree-ensemble.ts';
import { readClassifier } from './read-classifier.ts';
import { type ColumnFeature, readColumns } from './read-columns.ts';
import { readTrees } from './read-trees.ts';
import { type Graph, numbersOf, readGraph, stringOf } from './reading.ts';
import type { WhiteBox } from './white-box.ts';

const TREES = ['TreeEnsembleClassifier', 'TreeEnsembleRegressor', 'TreeEnsemble'];
const LINEAR = ['LinearClassifier', 'LinearRegressor'];

/** @param bytes an ONNX model */
export function readWhiteBox(bytes: Uint8Array): WhiteBox | null {
  const graph = openGraph(bytes);
  if (!graph) return null;
  const models = graph.nodes.filter((node) => TREES.includes(node.opType ?? '') || LINEAR.includes(node.opType ?? ''));
  if (models.length === 0) return readClassifier(graph);
  const [node] = models;
  if (!node || models.length > 1) return null;
  const columns = readColumns(graph, node.input?.[0] ?? '');
  if (!columns) return null;
  if (TREES.includes(node.opType ?? '')) {
    const ensemble = readTrees(node, columns.length);
    return (
      ensemble && { ...overColumns(columns), targets: ensemble.targets, post: ensemble.post, inside: { kind: 'trees', ensemble } }
    );
  }
  const coefficients = numbersOf(node, 'coefficients');
  const targets = Math.round(coefficients.length / (columns.length || 1));
  if (targets < 1 || coefficients.length !== targets * columns.length) return null;
  const given = numbersOf(node, 'intercepts');
  // The graph has a row of coefficients for each target, we one for each feature.
  const weights = Float64Array.from(
    { length: coefficients.length },
    (_, i) => coefficients[(i % targets) * columns.length + Math.floor(i / targets)] ?? 0,
  );
  return {
    ...overColumns(columns),
    targets,
    post: (stringOf(node, 'post_transform') ?? 'NONE') as PostTransform,
    inside: { kind: 'linear', weights, intercepts: Array.from({ length: targets }, (_, t) => given[t] ?? 0) },
  };
}

function openGraph(bytes: Uint8Array): Graph | null {
  try {
    return readGraph(bytes);
  } catch {
    return null;
  }
}

function overColumns(columns: ColumnFeature[]): Pick<WhiteBox, 'features' | 'encode' | 'places'> {
  return {
    features: columns.map(({ field, kind, part }) => ({ field, kind, part })),
    encode: (row) => ({
      index: columns.map((_, i) => i),
      value: columns.map((column) => column.value(row[column.field])),
    }),
    places: () => null,
  };
}
