/** The thread that trains: takes its input as `workerData`, tells progress and the result as messages, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { type TrainInput, trainClassifier } from '#server/training/classifier.ts';
import { TrainingError } from '#server/training/error.ts';
import type { TrainerMessage } from './trainer.ts';

const tell = (message: TrainerMessage) => parentPort?.postMessage(message);

try {
  const training = trainClassifier(workerData as TrainInput);
  let at = training.next();
  while (!at.done) {
    tell({ kind: 'progress', progress: at.value });
    at = training.next();
  }
  const { graph, signature, info } = at.value;
  tell({ kind: 'done', graph, signature, info });
} catch (error) {
  if (!(error instanceof TrainingError)) throw error;
  tell({ kind: 'refused', message: error.message });
}
