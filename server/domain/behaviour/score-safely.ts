/** Scoring that outlives inputs on which a graph fails: halves are tried until the very inputs are found. */
import type { Answers, Cell } from './test.schema.ts';

export type Columns = Record<string, readonly Cell[]>;
export type Score = (columns: Columns, n: number) => Promise<Answers>;

/** More failing inputs than this, and the rest is taken as failing alike: the graph is broken, not the input. */
const MOST_FAILURES = 32;

/**
 * Answers to all inputs, and the messages of those that have none, by their place.
 * @param o.classes how many scores an answer has; 0 for a model that gives figures, whose answers are `values`
 */
export async function scoreSafely(
  score: Score,
  columns: Columns,
  n: number,
  o: { classes: number; signal?: AbortSignal },
): Promise<{ answers: Answers; failures: Map<number, string> }> {
  const failures = new Map<number, string>();
  const answers: Answers = { labels: new Array<string>(n).fill(''), scores: new Float32Array(n * o.classes) };
  const visit = async (from: number, to: number): Promise<void> => {
    if (from >= to) return;
    o.signal?.throwIfAborted();
    try {
      const part = from === 0 && to === n ? columns : cut(columns, from, to);
      put(answers, await score(part, to - from), { from, n, classes: o.classes });
    } catch (error) {
      o.signal?.throwIfAborted();
      const message = error instanceof Error ? error.message : String(error);
      if (to - from === 1 || failures.size >= MOST_FAILURES) {
        for (let at = from; at < to; at += 1) failures.set(at, message);
        return;
      }
      const middle = (from + to) >> 1;
      await visit(from, middle);
      await visit(middle, to);
    }
  };
  await visit(0, n);
  return { answers, failures };
}

function cut(columns: Columns, from: number, to: number): Columns {
  return Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values.slice(from, to)]));
}

function put(all: Answers, part: Answers, o: { from: number; n: number; classes: number }): void {
  for (const [index, label] of part.labels.entries()) all.labels[o.from + index] = label;
  if (o.classes > 0 && part.scores.length <= all.scores.length - o.from * o.classes)
    all.scores.set(part.scores, o.from * o.classes);
  if (!part.values) return;
  all.values ??= new Float64Array(o.n).fill(Number.NaN);
  all.values.set(part.values, o.from);
}
