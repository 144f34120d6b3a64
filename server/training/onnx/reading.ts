/** Reading a graph back: who makes each value, constants and attributes as plain arrays. */
import type { onnx as Onnx } from 'onnx-proto';
import { type NodeProto, onnx, type Tensor } from './tensors.ts';

const decoder = new TextDecoder();

export type Graph = {
  nodes: NodeProto[];
  /** The node that makes a value. */
  maker: Map<string, NodeProto>;
  /** The nodes that take a value. */
  takers: Map<string, NodeProto[]>;
  constants: Map<string, Tensor>;
  inputs: string[];
  outputs: string[];
};

/** Opens the bytes of a model. @throws what the decoder throws on bytes that are no ONNX */
export function readGraph(bytes: Uint8Array): Graph {
  const graph = onnx.ModelProto.decode(bytes).graph;
  const nodes = graph?.node ?? [];
  const constants = new Map((graph?.initializer ?? []).map((tensor) => [tensor.name ?? '', tensor]));
  const maker = new Map<string, NodeProto>();
  const takers = new Map<string, NodeProto[]>();
  for (const node of nodes) {
    for (const output of node.output ?? []) maker.set(output, node);
    for (const input of node.input ?? []) takers.set(input, [...(takers.get(input) ?? []), node]);
    const value = node.opType === 'Constant' ? find(node, 'value')?.t : null;
    if (value) constants.set(node.output?.[0] ?? '', value);
  }
  const inputs = (graph?.input ?? []).map((input) => input.name ?? '').filter((name) => !constants.has(name));
  return { nodes, maker, takers, constants, inputs, outputs: (graph?.output ?? []).map((output) => output.name ?? '') };
}

/** Numbers of a constant tensor: float, double, int32, int64, uint8 or bool. */
export function tensorNumbers(tensor: Tensor | null | undefined): number[] {
  if (!tensor) return [];
  const raw = tensor.rawData;
  if (raw && raw.length > 0) return rawNumbers(raw, tensor.dataType ?? 1);
  const plain = [tensor.floatData, tensor.doubleData, tensor.int32Data].find((data) => data && data.length > 0);
  if (plain) return Array.from(plain, Number);
  return Array.from(tensor.int64Data ?? [], toNumber);
}

function rawNumbers(raw: Uint8Array, type: number): number[] {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const width = { 1: 4, 6: 4, 7: 8, 11: 8 }[type] ?? 1;
  return Array.from({ length: Math.floor(raw.length / width) }, (_, i) => {
    if (type === 1) return view.getFloat32(i * 4, true);
    if (type === 6) return view.getInt32(i * 4, true);
    if (type === 7) return Number(view.getBigInt64(i * 8, true));
    return type === 11 ? view.getFloat64(i * 8, true) : view.getUint8(i);
  });
}

/** An attribute with several numbers, from its floats, integers or tensor; empty when it isn't there. */
export function numbersOf(node: NodeProto, name: string): number[] {
  const found = find(node, name);
  if (!found) return [];
  if (found.t) return tensorNumbers(found.t);
  if (found.floats && found.floats.length > 0) return Array.from(found.floats);
  return Array.from(found.ints ?? [], toNumber);
}

export function stringsOf(node: NodeProto, name: string): string[] {
  return Array.from(find(node, name)?.strings ?? [], (bytes) => decoder.decode(bytes));
}

export function numberOf(node: NodeProto, name: string): number | null {
  const found = find(node, name);
  if (!found) return null;
  return found.type === 1 ? (found.f ?? 0) : toNumber(found.i ?? 0);
}

export function stringOf(node: NodeProto, name: string): string | null {
  const bytes = find(node, name)?.s;
  return bytes && bytes.length > 0 ? decoder.decode(bytes) : null;
}

function find(node: NodeProto, name: string): Onnx.IAttributeProto | undefined {
  return node.attribute?.find((attribute) => attribute.name === name);
}

function toNumber(value: unknown): number {
  return Number(String(value));
}
