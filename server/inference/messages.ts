import type { ExecutionProvider } from '#server/config.ts';
import type { TensorSpec } from '#server/domain/signature.ts';
import type { Tensors } from '#server/inference/tensors.ts';

/** Why a provider is not the one in use. */
export type Refusal = { provider: ExecutionProvider; reason: string };

/** What one child knows of a graph that it has loaded. */
export type ModelInfo = {
  provider: ExecutionProvider;
  refusals: Refusal[];
  inputs: TensorSpec[];
  outputs: TensorSpec[];
  /** True when every input and output has a free first dimension, so that requests can share a run. */
  batchable: boolean;
};

export type LoadMessage = {
  type: 'load';
  model: string;
  path: string;
  providers: ExecutionProvider[];
  threads: number;
};

export type ToChild =
  | LoadMessage
  | { type: 'unload'; model: string }
  | { type: 'run'; batch: number; model: string; inputs: Tensors };

export type FromChild =
  | { type: 'ready' }
  | { type: 'trying'; model: string; provider: ExecutionProvider }
  | { type: 'loaded'; model: string; info: ModelInfo }
  | { type: 'refused'; model: string; reason: string }
  | { type: 'answer'; batch: number; outputs: Tensors; runMs: number }
  | { type: 'failed'; batch: number; reason: string };
