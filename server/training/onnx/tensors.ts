/** Constant tensors and attributes of an ONNX graph, on the generated classes of `onnx-proto`. */

import type { onnx as Onnx } from 'onnx-proto';
import proto from 'onnx-proto';

export const { onnx } = proto;
export type NodeProto = Onnx.INodeProto;
export type ValueInfo = Onnx.IValueInfoProto;
export type Tensor = Onnx.ITensorProto;
export type AttributeValue = number | string | { ints: number[] } | { floats: ArrayLike<number> } | { strings: string[] };

/** TensorProto.DataType of the ONNX specification. */
export const ELEMENT = { float: 1, int64: 7, string: 8 } as const;

const encoder = new TextEncoder();

/** A float32 constant of the given shape, row by row. */
export function floatTensor(name: string, dims: number[], values: ArrayLike<number>): Tensor {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i += 1) view.setFloat32(i * 4, values[i] ?? 0, true);
  return { name, dims, dataType: ELEMENT.float, rawData: bytes };
}

/** An int64 constant; the values must be safe integers. */
export function intTensor(name: string, dims: number[], values: number[]): Tensor {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setBigInt64(i * 8, BigInt(value), true);
  return { name, dims, dataType: ELEMENT.int64, rawData: bytes };
}

/** A constant of strings, stored as UTF-8. */
export function stringTensor(name: string, dims: number[], values: string[]): Tensor {
  return { name, dims, dataType: ELEMENT.string, stringData: values.map((value) => encoder.encode(value)) };
}

/** An attribute; a bare number is an integer. */
export function attribute(name: string, value: AttributeValue): Onnx.IAttributeProto {
  if (typeof value === 'number') return { name, type: 2, i: value };
  if (typeof value === 'string') return { name, type: 3, s: encoder.encode(value) };
  if ('floats' in value) return { name, type: 6, floats: Array.from(value.floats) };
  if ('ints' in value) return { name, type: 7, ints: value.ints };
  return { name, type: 8, strings: value.strings.map((text) => encoder.encode(text)) };
}
