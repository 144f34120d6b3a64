/** A small writer of ONNX graphs: add inputs, constants, nodes and outputs in order, then `encode`. */
import {
  type AttributeValue,
  attribute,
  ELEMENT,
  floatTensor,
  intTensor,
  type NodeProto,
  onnx,
  stringTensor,
  type Tensor,
  type ValueInfo,
} from './tensors.ts';

type Element = keyof typeof ELEMENT;
type Dimension = number | string;
type NodeOptions = { domain?: string; attributes?: Record<string, AttributeValue> };

/** Operator sets of the written graphs: ONNX 17, classic ML 3, Microsoft's contributed operators 1. */
const OPSETS = [
  { domain: '', version: 17 },
  { domain: 'ai.onnx.ml', version: 3 },
  { domain: 'com.microsoft', version: 1 },
];
const IR_VERSION = 8;

export class GraphBuilder {
  readonly #nodes: NodeProto[] = [];
  readonly #constants: Tensor[] = [];
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs: ValueInfo[] = [];
  #count = 0;

  /** Declares a graph input; its name is what callers feed. */
  input(name: string, element: Element, shape: Dimension[]): string {
    this.#inputs.push(valueInfo(name, element, shape));
    return name;
  }

  /** Declares that the value of this name is an output. */
  output(name: string, element: Element, shape: Dimension[]): void {
    this.#outputs.push(valueInfo(name, element, shape));
  }

  floats(dims: number[], values: ArrayLike<number>): string {
    return this.#constant((name) => floatTensor(name, dims, values));
  }

  integers(dims: number[], values: number[]): string {
    return this.#constant((name) => intTensor(name, dims, values));
  }

  strings(dims: number[], values: string[]): string {
    return this.#constant((name) => stringTensor(name, dims, values));
  }

  /** Adds a node with one result and returns the result's name (a fresh one unless given). */
  node(opType: string, inputs: string[], options: NodeOptions & { result?: string } = {}): string {
    const result = options.result ?? this.#fresh(opType);
    this.#nodes.push({
      opType,
      name: `${opType}_${this.#nodes.length}`,
      domain: options.domain ?? '',
      input: inputs,
      output: [result],
      attribute: Object.entries(options.attributes ?? {}).map(([name, value]) => attribute(name, value)),
    });
    return result;
  }

  /** The whole model as bytes; `metadata` is stored as its properties. */
  encode(o: { name: string; producer: string; metadata: Record<string, string> }): Uint8Array {
    const model = onnx.ModelProto.create({
      irVersion: IR_VERSION,
      opsetImport: OPSETS,
      producerName: o.producer,
      metadataProps: Object.entries(o.metadata).map(([key, value]) => ({ key, value })),
      graph: {
        name: o.name,
        node: this.#nodes,
        initializer: this.#constants,
        input: this.#inputs,
        output: this.#outputs,
      },
    });
    return onnx.ModelProto.encode(model).finish();
  }

  #constant(make: (name: string) => Tensor): string {
    const name = this.#fresh('constant');
    this.#constants.push(make(name));
    return name;
  }

  /** Names of inner values: in a form that no column's name has by accident. */
  #fresh(hint: string): string {
    this.#count += 1;
    return `//${this.#count}/${hint}`;
  }
}

function valueInfo(name: string, element: Element, shape: Dimension[]): ValueInfo {
  const dim = shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: ELEMENT[element], shape: { dim } } } };
}
