/**
 * The built-in classifier: text by TF-IDF, numbers scaled, categories one-hot, in any mix, and a multinomial logistic
 * regression on top; written as one ONNX graph. Pure and deterministic: the same input gives the same bytes.
 */
import { accuracyOf, classScores, confusionMatrix, macroF1 } from '../domain/metrics/confusion.ts';
import { classifierSignature, LABEL_OUTPUT, PROBABILITIES_OUTPUT, type Signature } from '../domain/signature.ts';
import { type Columns, type Encoder, encodeFeatures, type Feature } from './encoders/encode.ts';
import { TrainingError } from './error.ts';
import { writeClassifierGraph } from './graph.ts';
import { minimize } from './lbfgs.ts';
import { emptyModel, type LogisticModel, logisticObjective, probabilities } from './logistic.ts';
import { takeRows } from './sparse.ts';
import { classWeights, meanLoss, splitValidation } from './validation.ts';

export type { Feature } from './encoders/encode.ts';

export type TrainParams = {
  /** Longest n-gram of text columns. */
  ngramMax: 1 | 2 | 3;
  /** Terms kept of each text column. */
  vocabularySize: number;
  /** Strength of the penalty on the weights: scikit-learn's 1 / C. */
  l2: number;
  classWeight: 'none' | 'balanced';
  /** Most steps of the optimiser; it stops earlier when there is nothing left to gain. */
  epochs?: number;
};

export type TrainInput = {
  features: Feature[];
  columns: Columns;
  labels: string[];
  params: TrainParams;
  seed: number;
  /** Share of the rows set aside to judge each step; 0.1 unless told. */
  validationShare?: number;
};

/** `metrics` is empty while data is being prepared. `step` counts the optimiser's steps. */
export type TrainProgress = { step: number; total: number; metrics: Record<string, number> };

export type TrainInfo = {
  classes: string[];
  trainRows: number;
  validationRows: number;
  /** Columns of the encoded matrix. */
  width: number;
  steps: number;
  converged: boolean;
  notes: string[];
};

export type TrainResult = {
  graph: Uint8Array;
  signature: Signature;
  info: TrainInfo;
  /** What the graph computes, for looking inside and for tests. */
  fitted: { encoders: Encoder[]; model: LogisticModel; validationRowsOf: number[] };
};

export const MAX_CLASSES = 100;
export const DEFAULT_EPOCHS = 100;
const DEFAULT_VALIDATION_SHARE = 0.1;
const TOLERANCE = 1e-5;
/** Up to this many classes each has its own curve. */
const CLASSES_WITH_CURVES = 10;

/**
 * Trains; yields often (each step of the optimiser, and at least every fifth of a second or so while preparing).
 * @throws TrainingError when the data can't be learned from
 */
export function* trainClassifier(input: TrainInput): Generator<TrainProgress, TrainResult> {
  const total = input.params.epochs ?? DEFAULT_EPOCHS;
  const classes = checkInput(input);
  const numberOf = new Map(classes.map((name, k) => [name, k]));
  const labels = Int32Array.from(input.labels, (label) => numberOf.get(label) ?? 0);
  const share = input.validationShare ?? DEFAULT_VALIDATION_SHARE;
  const split = splitValidation(labels, { classes: classes.length, share, seed: input.seed });

  const preparing = encodeFeatures(input.features, input.columns, {
    n: labels.length,
    fitRows: split.train,
    ngramMax: input.params.ngramMax,
    vocabularySize: input.params.vocabularySize,
  });
  let prepared = preparing.next();
  while (!prepared.done) {
    yield { step: 0, total, metrics: {} };
    prepared = preparing.next();
  }
  const { encoders, matrix, notes } = prepared.value;

  const part = (rows: number[]) => {
    const own = Int32Array.from(rows, (row) => labels[row] ?? 0);
    const weights = classWeights(own, classes.length, input.params.classWeight);
    return { matrix: takeRows(matrix, rows), labels: own, weights };
  };
  const train = part(split.train);
  const validation = part(split.validation);
  const model = emptyModel(matrix.columns, classes.length);
  const objective = logisticObjective(model, { ...train, l2: input.params.l2 });

  let steps = 0;
  let slope = Number.POSITIVE_INFINITY;
  for (const at of minimize(objective, model.parameters, { iterations: total, tolerance: TOLERANCE })) {
    steps = at.iteration;
    slope = at.gradient;
    yield { step: steps, total, metrics: { ...judge(model, train, null), ...judge(model, validation, classes) } };
  }

  const fields = encoders.map(({ name, kind }) => ({ name, kind }));
  const signature = classifierSignature(fields, classes);
  const graph = writeClassifierGraph({
    encoders,
    model,
    classes,
    metadata: { stagecraft_signature: JSON.stringify(signature) },
  });
  const info = {
    classes,
    trainRows: split.train.length,
    validationRows: split.validation.length,
    width: matrix.columns,
    steps,
    converged: slope < TOLERANCE || steps < total,
    notes,
  };
  return { graph, signature, info, fitted: { encoders, model, validationRowsOf: split.validation } };
}

type Part = { matrix: ReturnType<typeof takeRows>; labels: Int32Array; weights: Float64Array };

/** The figures of one part after a step; a score that is 0/0 is left out. `names` null means training: loss only. */
function judge(model: LogisticModel, part: Part, names: string[] | null): Record<string, number> {
  if (part.labels.length === 0) return {};
  const p = probabilities(model, part.matrix);
  const loss = meanLoss(p, part.labels, part.weights);
  if (names === null) return { 'train.loss': loss };
  const predicted = Int32Array.from(part.labels, (_, row) => best(p, row, model.classes));
  const matrix = confusionMatrix(part.labels, predicted, model.classes);
  const scores: Record<string, number | null> = {
    'validation.loss': loss,
    'validation.accuracy': accuracyOf(matrix),
    'validation.f1': macroF1(matrix),
  };
  if (names.length <= CLASSES_WITH_CURVES) {
    names.forEach((name, k) => {
      scores[`validation.f1.${name}`] = classScores(matrix, k).f1;
    });
  }
  return Object.fromEntries(Object.entries(scores).filter((entry): entry is [string, number] => entry[1] !== null));
}

/** The first of the most probable classes, as ONNX ArgMax chooses. */
function best(p: Float64Array, row: number, classes: number): number {
  let found = 0;
  for (let k = 1; k < classes; k += 1) {
    if ((p[row * classes + k] ?? 0) > (p[row * classes + found] ?? 0)) found = k;
  }
  return found;
}

/** The classes in order of their code units, after refusing what can't be learned. */
function checkInput(input: TrainInput): string[] {
  if (input.labels.length === 0) throw new TrainingError('There are no rows with a label to train on.');
  if (input.features.length === 0) throw new TrainingError('Choose at least one feature column.');
  const names = new Set<string>();
  for (const { name } of input.features) {
    if (names.has(name)) throw new TrainingError(`Column "${name}" was chosen twice.`);
    if (name === '' || name === LABEL_OUTPUT || name === PROBABILITIES_OUTPUT) {
      throw new TrainingError(`A feature column can't be called "${name}": the model's own outputs have that name.`);
    }
    names.add(name);
    const length = input.columns[name]?.length;
    if (length !== undefined && length !== input.labels.length) {
      throw new TrainingError(`Column "${name}" has ${length} rows, the labels have ${input.labels.length}.`);
    }
  }
  const classes = [...new Set(input.labels)].sort();
  if (classes.length < 2) {
    throw new TrainingError(`All training rows have the label "${classes[0]}". A classifier needs at least two classes.`);
  }
  if (classes.length > MAX_CLASSES) {
    throw new TrainingError(`The label has ${classes.length} classes; at most ${MAX_CLASSES} can be trained.`);
  }
  return classes;
}
