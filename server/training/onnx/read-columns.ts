/** How a matrix of features is made from single-valued inputs, for graphs of other tools: concatenated, scaled, one-hot. */
import { type Graph, numbersOf, stringsOf, tensorNumbers } from './reading.ts';
import type { NodeProto } from './tensors.ts';
import type { Cell, FeatureOf } from './white-box.ts';

export type ColumnFeature = FeatureOf & { value(cell: Cell): number };

const PASSED_ON = new Set(['Identity', 'Cast', 'Reshape', 'Unsqueeze', 'Squeeze', 'Flatten', 'FeatureVectorizer', 'Concat']);

/** The features of the value of this name, in order; null when they can't be followed back to inputs. */
export function readColumns(graph: Graph, name: string): ColumnFeature[] | null {
  if (graph.inputs.includes(name)) return [{ field: name, kind: 'number', part: null, value: toNumber }];
  const node = graph.maker.get(name);
  if (!node) return null;
  const op = node.opType ?? '';
  if (op === 'OneHotEncoder') return oneHot(graph, node);
  const sources = op === 'Concat' || op === 'FeatureVectorizer' ? (node.input ?? []) : (node.input ?? []).slice(0, 1);
  const parts = sources.map((source) => readColumns(graph, source));
  if (parts.some((part) => part === null)) return null;
  const features = parts.flatMap((part) => part ?? []);
  if (PASSED_ON.has(op)) return features;
  if (op === 'Scaler') return scaled(features, numbersOf(node, 'offset'), numbersOf(node, 'scale'));
  const constant = tensorNumbers(graph.constants.get(node.input?.[1] ?? ''));
  if (constant.length === 0) return null;
  if (op === 'Sub') return scaled(features, constant, [1]);
  if (op === 'Div')
    return scaled(
      features,
      [0],
      constant.map((value) => 1 / value),
    );
  return op === 'Mul' ? scaled(features, [0], constant) : null;
}

function scaled(features: ColumnFeature[], offset: number[], scale: number[]): ColumnFeature[] {
  const at = (values: number[], i: number, fallback: number) => (values.length === 1 ? values[0] : values[i]) ?? fallback;
  return features.map((feature, i) => ({
    ...feature,
    value: (cell) => Math.fround((feature.value(cell) - at(offset, i, 0)) * at(scale, i, 1)),
  }));
}

function oneHot(graph: Graph, node: NodeProto): ColumnFeature[] | null {
  const input = node.input?.[0] ?? '';
  const source = graph.inputs.includes(input) ? input : (graph.maker.get(input)?.input?.[0] ?? '');
  if (!graph.inputs.includes(source)) return null;
  const texts = stringsOf(node, 'cats_strings');
  const numbers = numbersOf(node, 'cats_int64s');
  const categories: (string | number)[] = texts.length > 0 ? texts : numbers;
  return categories.map((category) => ({
    field: source,
    kind: 'category' as const,
    part: String(category),
    value: (cell: Cell) => (String(cell ?? '') === String(category) ? 1 : 0),
  }));
}

function toNumber(cell: Cell): number {
  return cell === null || cell === undefined || cell === '' ? Number.NaN : Math.fround(Number(cell));
}
