/** Names of figures in the language of gates, and which way each is better. */

const PLAIN = /^[\w-]+$/;

/** `f1.spam`, `f1."very bad"`: parts that are no plain words are quoted; a quote inside becomes an apostrophe. */
export function metricPath(first: string, ...rest: string[]): string {
  return [first, ...rest.map((part) => (PLAIN.test(part) ? part : `"${part.replaceAll('"', "'")}"`))].join('.');
}

const FALLING = new Set(['log_loss', 'ece', 'brier', 'mae', 'rmse', 'pinball', 'hamming_loss', 'cost', 'latency', 'size']);

/** True where less is better: losses, errors, costs, times. */
export function isFalling(path: string): boolean {
  const [first, second] = path.split('.');
  return FALLING.has((first === 'difference' ? second : first) ?? '');
}

const NAMES: Record<string, string> = {
  accuracy: 'Accuracy',
  balanced_accuracy: 'Balanced accuracy',
  macro_f1: 'F1, mean of classes',
  weighted_f1: 'F1, weighted by class size',
  micro_f1: 'F1, all pooled',
  macro_precision: 'Precision, mean of classes',
  macro_recall: 'Recall, mean of classes',
  mcc: 'Matthews correlation',
  log_loss: 'Log loss',
  ece: 'Calibration error',
  brier: 'Brier score',
  subset_accuracy: 'Whole set right',
  hamming_loss: 'Wrong labels (Hamming)',
  mae: 'Mean absolute error',
  rmse: 'Root mean squared error',
  r2: 'R²',
  bias: 'Mean residual',
  mrr: 'Mean reciprocal rank',
  'cost.mean': 'Cost of an answer',
  'value.mean': 'Value of an answer',
};

/** What a figure is called in a sentence or a table. */
export function metricName(path: string): string {
  const known = NAMES[path];
  if (known) return known;
  const [first = '', ...rest] = path.split('.');
  const of = rest.join('.').replaceAll('"', '');
  if (first === 'f1') return `F1 of ${of}`;
  if (first === 'precision') return `Precision of ${of}`;
  if (first === 'recall') return `Recall of ${of}`;
  if (first === 'auc') return `AUC of ${of}`;
  if (first === 'ndcg') return `NDCG of the first ${of}`;
  if (first === 'recall_at') return `Recall in the first ${of}`;
  if (first === 'pinball') return `Pinball loss at ${of}`;
  return path;
}

/** True for figures between 0 and 1 that are told in points of a hundred. */
export function isShare(path: string): boolean {
  return !/^(log_loss|mae|rmse|bias|pinball|cost|value|latency|size)\b/.test(path);
}
