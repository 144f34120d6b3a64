import { MISSING, OTHERS } from '#server/domain/fairness/groups.ts';
import type { Interval } from '#server/domain/stats/interval.schema.ts';
import { wilsonInterval } from '#server/domain/stats/proportions.ts';
import type { Cell, SectionContext } from '#server/features/evaluations/section-context.schema.ts';

const MOST_ROWS = 200;
const MOST_VALUES = 3;

export type Flipped = { interval: Interval | null; reason: string | null; values: string[] };

/** What the flip needs of a suite run's context. */
export type FlipContext = Pick<SectionContext, 'candidate' | 'gold' | 'answers' | 'score' | 'task'>;

/**
 * Gives each row the column's most frequent other values and runs the graph again: the share of rows of which an answer
 * changes. Null, with the reason, when the model doesn't take the column or it is no column to flip.
 */
export async function flipColumn(ctx: FlipContext, columns: readonly string[]): Promise<Flipped> {
  const none = (reason: string): Flipped => ({ interval: null, reason, values: [] });
  const [column] = columns;
  if (columns.length !== 1 || column === undefined) return none('Two crossed columns can’t be flipped at once.');
  const field = ctx.candidate.signature.fields.find((one) => one.name === column);
  if (!field) return none(`The model doesn’t take ${column}, so changing it alone changes no answer.`);
  if (field.kind === 'text') return none(`${column} is a text: it has no other value to take.`);
  if (ctx.task !== 'classification') return none('Only answers that are classes can be counted as changed.');
  const values = frequentValues(ctx.gold.columns[column] ?? [], field.kind);
  if (values.length < 2) return none(`${column} has a single value in these rows.`);
  const n = Math.min(MOST_ROWS, ctx.gold.n);
  const places = Array.from({ length: n }, (_, i) => Math.floor((i * ctx.gold.n) / n));
  const changed = new Uint8Array(n);
  for (const value of values) {
    const moved = places.flatMap((row, i) => (ctx.gold.columns[column]?.[row] === value ? [] : [{ row, i }]));
    if (moved.length === 0) continue;
    const rows = Object.fromEntries(
      ctx.candidate.signature.fields.map(({ name }) => [
        name,
        moved.map(({ row }): Cell => (name === column ? value : (ctx.gold.columns[name]?.[row] ?? null))),
      ]),
    );
    const { labels } = await ctx.score(ctx.candidate, rows, moved.length);
    for (const [at, { row, i }] of moved.entries()) if (labels[at] !== ctx.answers.candidate.labels[row]) changed[i] = 1;
  }
  const successes = changed.reduce((sum, flag) => sum + flag, 0);
  return { interval: wilsonInterval({ successes, n }), reason: null, values: values.map(String) };
}

/** The values that most rows have; of numbers with many values three from low to high. */
function frequentValues(cells: readonly Cell[], kind: string): Cell[] {
  const known = cells.filter((cell) => cell !== null && cell !== '' && cell !== MISSING && cell !== OTHERS);
  const counts = new Map<Cell, number>();
  for (const cell of known) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  if (kind === 'number' && counts.size > 2 * MOST_VALUES) {
    const sorted = known.map(Number).sort((a, b) => a - b);
    return [0.1, 0.5, 0.9].map((q) => sorted[Math.floor(q * (sorted.length - 1))] ?? 0);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_VALUES)
    .map(([value]) => value);
}
