import { formatNumber, formatPercent } from '#components/ui/format.ts';
import type { ExplanationSpace, RowExplanation } from '#server/features/explanations/explanations.schema.ts';

export const METHODS: Record<RowExplanation['method'], string> = {
  linear: 'exact, from the weights of the graph',
  tree: 'exact, from the trees of the graph',
  kernel: 'by asking the graph with every part left out and in (kernel SHAP)',
  permutation: 'by asking the graph with parts left out in random order (permutation SHAP)',
};

export const SPACES: Record<ExplanationSpace, string> = {
  log_odds: 'log-odds',
  relative_log_odds: 'score against the mean of all classes',
  probability: 'probability',
  value: 'answer',
};

/** A signed contribution: in points for probabilities, as it is else. */
export function formatContribution(value: number, space: ExplanationSpace): string {
  const sign = value < 0 ? '−' : '+';
  const size = Math.abs(value);
  return space === 'probability'
    ? `${sign}${formatNumber(size * 100, 1)} pts`
    : `${sign}${formatNumber(size, size < 10 ? 2 : 1)}`;
}

/** The output itself, for the ends of a waterfall. */
export function formatOutput(value: number, space: ExplanationSpace): string {
  return space === 'probability' ? formatPercent(value, 1) : formatNumber(value, 2);
}

/** Words of a text with all that they add together, the strongest first. */
export function strongestWords(text: string, words: readonly { from: number; to: number; contribution: number }[], most: number) {
  const byWord = Map.groupBy(words, (word) => text.slice(word.from, word.to).toLowerCase());
  return [...byWord]
    .map(([word, own]) => ({ word, times: own.length, contribution: own.reduce((sum, one) => sum + one.contribution, 0) }))
    .filter((one) => one.contribution !== 0)
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
    .slice(0, most);
}
