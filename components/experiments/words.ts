/** Parameters and metrics in the words of a table. Pure. */
import { formatCompact, formatDelta, formatNumber } from '#components/ui/format.ts';

const PARAMS: Record<string, string> = {
  ngramMax: 'n-gram',
  vocabularySize: 'vocabulary',
  l2: 'L2',
  classWeight: 'class weight',
  features: 'learns from',
  epochs: 'most steps',
  model: 'model',
};
const PARAM_ORDER = Object.keys(PARAMS);

const METRICS: Record<string, string> = {
  'test.f1': 'test F1',
  'test.accuracy': 'test accuracy',
  'test.loss': 'test log loss',
  'validation.f1': 'validation F1',
  'validation.accuracy': 'validation accuracy',
  'validation.loss': 'validation loss',
  'train.loss': 'training loss',
};
const METRIC_ORDER = Object.keys(METRICS);

/** What a parameter is called; one that isn't ours keeps its name. */
export function paramName(key: string): string {
  return PARAMS[key] ?? key;
}

/** A parameter's value as it is read: n-gram 2 is "1–2", a vocabulary of 30000 is "30k". A parameter that a run lacks is "–". */
export function paramValue(key: string, value: string | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (key === 'ngramMax') return value === '1' ? '1' : `1–${value}`;
  if (key === 'vocabularySize') return formatCompact(Number(value));
  return value;
}

/** The value by which a column of parameters is sorted: figures as figures. */
export function paramRank(value: string | undefined): number | string | undefined {
  if (value === undefined || value === '') return undefined;
  return Number.isNaN(Number(value)) ? value : Number(value);
}

/** Whether all values are figures, so that the column stands right. */
export function areFigures(values: readonly (string | null | undefined)[]): boolean {
  const known = values.filter((value): value is string => value !== null && value !== undefined && value !== '');
  return known.length > 0 && known.every((value) => !Number.isNaN(Number(value)));
}

/** "test.f1.spam" is "test F1 of spam"; a metric that isn't ours keeps its name. */
export function metricName(key: string): string {
  const plain = METRICS[key];
  if (plain) return plain;
  const [, part, name] = /^(test|validation)\.f1\.(.+)$/.exec(key) ?? [];
  return part && name ? `${part} F1 of ${name}` : key;
}

/** Whether more of it is better; null where nobody knows. */
export function metricBetter(key: string): boolean | null {
  const last = key.toLowerCase();
  if (/(^|[._-])(loss|error|mse|rmse|mae|perplexity)($|[._-])/.test(last)) return false;
  if (/(^|[._-])(f1|accuracy|acc|auc|precision|recall|r2)($|[._-])/.test(last)) return true;
  return null;
}

/** Shares between 0 and 1, which a table shows with three decimals and as points of difference. */
function isShare(key: string): boolean {
  return metricBetter(key) === true && !/(^|[._-])r2($|[._-])/.test(key);
}

export function metricValue(key: string, value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return isShare(key) || Math.abs(value) < 100 ? formatNumber(value, 3) : formatCompact(value);
}

/** A difference in its own unit: points (of a hundred) for shares, else as the metric is. */
export function metricDelta(key: string, difference: number | null): string {
  if (difference === null) return '';
  return isShare(key) ? formatDelta(difference * 100, 1) : formatDelta(difference, 3);
}

function inOrder(order: readonly string[]) {
  const place = (key: string) => {
    const at = order.indexOf(key);
    return at < 0 ? order.length : at;
  };
  return (a: string, b: string) => place(a) - place(b) || a.localeCompare(b, 'en');
}

type RunLike = { params: Record<string, string>; metrics: Record<string, number> };

/** Keys of the parameters of any of these runs, ours first. */
export function paramKeys(runs: readonly RunLike[]): string[] {
  return [...new Set(runs.flatMap((run) => Object.keys(run.params)))].sort(inOrder(PARAM_ORDER));
}

/** Keys of the metrics of any of these runs: those of the test part first, then validation and training, then others. */
export function metricKeys(runs: readonly RunLike[]): string[] {
  const group = (key: string) => (key.startsWith('test.') ? 0 : METRIC_ORDER.includes(key) ? 1 : 2);
  const order = inOrder(METRIC_ORDER);
  return [...new Set(runs.flatMap((run) => Object.keys(run.metrics)))].sort((a, b) => group(a) - group(b) || order(a, b));
}

/** The parameters that deserve a column: those that differ, and the settings of the trainer when fewer than two do; at most `most`. */
export function shownParams(runs: readonly RunLike[], most = 5): string[] {
  const keys = paramKeys(runs);
  const differ = keys.filter((key) => new Set(runs.map((run) => run.params[key])).size > 1);
  const settings = keys.filter((key) => ['ngramMax', 'vocabularySize', 'l2', 'classWeight'].includes(key));
  return [...new Set(differ.length >= 2 ? differ : [...differ, ...settings])].slice(0, most).sort(inOrder(PARAM_ORDER));
}

/**
 * The metrics that deserve a column, at most `most`: of the figures by class only those of the hardest class, because the others
 * say little beside it.
 */
export function shownMetrics(runs: readonly RunLike[], most: number): string[] {
  const keys = metricKeys(runs);
  const byClass = keys.filter((key) => key.startsWith('test.f1.'));
  const lowest = (key: string) => Math.min(...runs.flatMap((run) => run.metrics[key] ?? []));
  const hardest = [...byClass].sort((a, b) => lowest(a) - lowest(b))[0];
  return keys.filter((key) => !byClass.includes(key) || key === hardest).slice(0, most);
}
