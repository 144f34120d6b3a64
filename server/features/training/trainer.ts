import { Worker } from 'node:worker_threads';
import type { Signature } from '#server/domain/signature.ts';
import { DomainError } from '#server/errors.ts';
import type { TrainInfo, TrainInput, TrainProgress } from '#server/training/classifier.ts';

export type Trained = { graph: Uint8Array; signature: Signature; info: TrainInfo };
export type TrainerMessage =
  | { kind: 'progress'; progress: TrainProgress }
  | ({ kind: 'done' } & Trained)
  | { kind: 'refused'; message: string };

/**
 * Trains in a thread of its own, so that the worker's other jobs go on meanwhile.
 * @throws DomainError INVALID when the data can't be learned from, TOO_LARGE when memory doesn't suffice; the signal's
 *   reason when it is aborted
 */
export function trainInThread(
  input: TrainInput,
  o: { signal: AbortSignal; onProgress: (progress: TrainProgress) => void },
): Promise<Trained> {
  return new Promise((resolve, reject) => {
    o.signal.throwIfAborted();
    const thread = new Worker(new URL('./trainer-thread.ts', import.meta.url), { workerData: input });
    const stop = () => void thread.terminate();
    o.signal.addEventListener('abort', stop, { once: true });
    let ended: (() => void) | undefined;
    thread.on('message', (message: TrainerMessage) => {
      if (message.kind === 'progress') o.onProgress(message.progress);
      else if (message.kind === 'refused') ended = () => reject(new DomainError('INVALID', message.message));
      else ended = () => resolve({ graph: message.graph, signature: message.signature, info: message.info });
    });
    thread.on('error', (error) => {
      ended = () => reject(explain(error));
    });
    thread.on('exit', (code) => {
      o.signal.removeEventListener('abort', stop);
      if (o.signal.aborted) reject(o.signal.reason);
      else if (ended) ended();
      else reject(new Error(`The training thread ended with code ${code} and no result.`));
    });
  });
}

function explain(error: unknown): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  return new DomainError(
    'TOO_LARGE',
    'There is not enough memory to train on these rows. Take a smaller vocabulary, shorter n-grams or fewer rows.',
  );
}
