import type { PostTransform } from '#server/domain/explain/tree-ensemble.ts';
import type { ExplanationSpace } from './explanations.schema.ts';

/** What is explained, as a mix of a graph's raw outputs: constant + Σ mix_t · raw_t. */
export type OutputView = { mix: Float64Array; constant: number; space: ExplanationSpace };

/**
 * How the raw outputs of a white box say class `k` of `classes` (0 classes: a number); null where the form isn't known.
 * Two classes: log-odds. More: the class's score minus the mean of all, because a softmax knows only differences.
 */
export function viewOutput(targets: number, post: PostTransform, classes: number, k: number): OutputView | null {
  const mix = new Float64Array(targets);
  if (classes === 0) {
    mix[0] = 1;
    return targets === 1 && post === 'NONE' ? { mix, constant: 0, space: 'value' } : null;
  }
  if (targets === 1 && classes === 2) {
    mix[0] = k === 1 ? 1 : -1;
    if (post === 'LOGISTIC') return { mix, constant: 0, space: 'log_odds' };
    return post === 'NONE' ? { mix, constant: k === 1 ? 0 : 1, space: 'probability' } : null;
  }
  if (targets !== classes) return null;
  if (post === 'SOFTMAX') {
    mix.fill(classes === 2 ? -1 : -1 / classes);
    mix[k] = classes === 2 ? 1 : 1 - 1 / classes;
    return { mix, constant: 0, space: classes === 2 ? 'log_odds' : 'relative_log_odds' };
  }
  mix[k] = 1;
  if (post === 'LOGISTIC' && classes === 2) return { mix, constant: 0, space: 'log_odds' };
  return post === 'NONE' ? { mix, constant: 0, space: 'probability' } : null;
}

/** The probability (or the number) that the raw outputs stand for. */
export function probabilityOf(raw: ArrayLike<number>, view: OutputView, k: number): number {
  if (view.space === 'relative_log_odds') {
    const most = Math.max(...Array.from(raw));
    const powers = Array.from(raw, (value) => Math.exp(value - most));
    return (powers[k] ?? 0) / powers.reduce((sum, value) => sum + value, 0);
  }
  const value = mixed(raw, view);
  return view.space === 'log_odds' ? 1 / (1 + Math.exp(-value)) : value;
}

/** constant + Σ mix_t · raw_t */
export function mixed(raw: ArrayLike<number>, view: OutputView): number {
  return view.mix.reduce((sum, weight, t) => sum + weight * (raw[t] ?? 0), view.constant);
}
