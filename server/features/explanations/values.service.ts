import { createRandom } from '#server/domain/random.ts';
import type { Signature } from '#server/domain/signature.ts';
import type { Answers, Columns } from '#server/features/evaluations/section-context.schema.ts';
import type { OpenedGraph, Row } from './background.service.ts';
import { type BlackBoxEffort, explainBlackBox } from './black-box.ts';
import type { ExplanationMethod, ExplanationSpace, FieldExplanation } from './explanations.schema.ts';
import { mixed, probabilityOf, viewOutput } from './outputs.ts';
import { gatherFields } from './white-box-fields.ts';

/** Runs the version's graph over whole columns. */
export type Score = (columns: Columns, n: number) => Promise<Answers>;
export type RowValues = {
  method: ExplanationMethod;
  space: ExplanationSpace;
  expected: number;
  output: number;
  fields: FieldExplanation[];
  notes: string[];
};

/** The inside says the same as the graph itself up to this much (float32 sums of thousands of terms). */
const TOLERANCE = 2e-3;

/**
 * SHAP values of one row for class `k` (of no classes: for the number). Exact from the inside of linear and tree graphs, after
 * checking that the inside gives what the graph gave (`answered`); of any other graph by asking it.
 */
export async function explainValues(
  graph: OpenedGraph,
  o: {
    signature: Signature;
    row: Row;
    k: number;
    /** The graph's own probability of class `k`, or its number, for this row. */
    answered: number;
    method: 'auto' | 'permutation' | 'kernel';
    effort: BlackBoxEffort;
    score: Score;
    seed: number;
  },
): Promise<RowValues> {
  const classes = o.signature.classes?.length ?? 0;
  const notes: string[] = [];
  const view = graph.box && viewOutput(graph.box.targets, graph.box.post, classes, o.k);
  if (o.method === 'auto' && graph.box && graph.explainer && view) {
    const vector = graph.box.encode(o.row);
    const raw = graph.explainer.raw(vector);
    if (Math.abs(probabilityOf(raw, view, o.k) - o.answered) < TOLERANCE) {
      const values = graph.explainer.values(vector, view);
      return {
        method: graph.explainer.method,
        space: view.space,
        expected: graph.explainer.expected(view),
        output: mixed(raw, view),
        fields: gatherFields(graph.box, values, o.row, o.signature.fields),
        notes,
      };
    }
    notes.push(
      'What was read from the graph doesn’t give its answer to this input, so the values were found by asking the graph.',
    );
  }
  if (graph.background.rows.length === 0 && o.signature.fields.some((field) => field.kind !== 'text')) {
    notes.push(
      'The version doesn’t say what data it learned from, so there are no other rows to compare numbers and categories with: they all show 0.',
    );
  }
  const random = createRandom(`${o.seed} ${o.k}`);
  const ask = async (columns: Columns, n: number) => pick(await o.score(columns, n), classes, o.k, n);
  const found = await explainBlackBox({
    row: o.row,
    fields: o.signature.fields,
    background: graph.background.rows.length > 0 ? graph.background.rows : [o.row],
    method: o.method,
    effort: o.effort,
    ask: (columns, n) => ask(columns, n),
    random,
  });
  return { ...found, space: classes > 0 ? 'probability' : 'value', notes };
}

/** The probability of class `k` of each row, or the number that was answered. */
export function pick(answers: Answers, classes: number, k: number, n: number): Float64Array {
  if (classes === 0)
    return Float64Array.from({ length: n }, (_, row) => answers.values?.[row] ?? answers.scores[row] ?? Number.NaN);
  return Float64Array.from({ length: n }, (_, row) => answers.scores[row * classes + k] ?? Number.NaN);
}
