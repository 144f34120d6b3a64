import { meanAbsolute, permutationImportance } from '#server/domain/explain/importance.ts';
import type { Random } from '#server/domain/random.ts';
import type { Signature } from '#server/domain/signature.ts';
import type { Answers, Cell, Columns } from '#server/features/evaluations/section-context.schema.ts';
import type { WhiteBox } from '#server/training/onnx/white-box.ts';
import type { Row } from './background.service.ts';
import type { ExplanationData, Importance } from './explanations.schema.ts';
import type { OutputView } from './outputs.ts';
import type { Explainer } from './white-box-values.ts';

const MOST_PARTS = 40;
const SHUFFLES = 3;
const SHUFFLED_ROWS = 2400;

/** Mean |SHAP| of fields and of the parts that matter most, from the inside of a graph. */
export function globalFromInside(
  box: WhiteBox,
  explainer: Explainer,
  view: OutputView,
  rows: readonly Row[],
): { fields: Importance[]; parts: Importance[] } {
  const width = box.features.length;
  const names = [...new Set(box.features.map((feature) => feature.field))];
  const place = new Map(names.map((name, i) => [name, i]));
  const ofFeature = Int32Array.from(box.features, (feature) => place.get(feature.field) ?? 0);
  const signed = new Float64Array(width);
  const seen = new Float64Array(width);
  const byField: Float64Array[] = [];
  const each = function* () {
    for (const row of rows) {
      const vector = box.encode(row);
      const values = explainer.values(vector, view);
      const totals = new Float64Array(names.length);
      for (let j = 0; j < width; j += 1) totals[ofFeature[j] ?? 0] = (totals[ofFeature[j] ?? 0] ?? 0) + (values[j] ?? 0);
      byField.push(totals);
      vector.index.forEach((j, at) => {
        if (vector.value[at] === 0) return;
        signed[j] = (signed[j] ?? 0) + (values[j] ?? 0);
        seen[j] = (seen[j] ?? 0) + 1;
      });
      yield values;
    }
  };
  const importance = meanAbsolute(each(), width);
  const parts = box.features.flatMap((feature, j): Importance[] => {
    const own = importance[j];
    if (!own || feature.part === null || own.estimate === 0) return [];
    return [
      {
        field: feature.field,
        part: feature.part,
        importance: own,
        direction: (seen[j] ?? 0) > 0 ? (signed[j] ?? 0) / (seen[j] ?? 1) : null,
      },
    ];
  });
  const fields = meanAbsolute(byField, names.length).flatMap((own, i): Importance[] =>
    own ? [{ field: names[i] ?? '', part: null, importance: own, direction: null }] : [],
  );
  return { fields: sorted(fields), parts: sorted(parts).slice(0, MOST_PARTS) };
}

/** The most important first. */
export function sorted(items: Importance[]): Importance[] {
  return items.sort((a, b) => b.importance.estimate - a.importance.estimate);
}

/** What is lost when a field's values are dealt to other rows: right answers, or closeness to the true number. */
export async function shuffleFields(o: {
  signature: Signature;
  columns: Readonly<Record<string, readonly Cell[]>>;
  truth: readonly Cell[];
  answers: Answers;
  score: (columns: Columns, n: number) => Promise<Answers>;
  random: Random;
}): Promise<ExplanationData['shuffled']> {
  const fields = o.signature.fields;
  const n = Math.min(o.truth.length, Math.max(40, Math.floor(SHUFFLED_ROWS / (SHUFFLES * Math.max(1, fields.length)))));
  const places = Array.from({ length: n }, (_, i) => Math.floor((i * o.truth.length) / n));
  const own = Object.fromEntries(fields.map(({ name }) => [name, places.map((row) => o.columns[name]?.[row] ?? null)]));
  const scoreOf = (answers: Answers, row: number, place: number) =>
    answers.values
      ? -Math.abs((answers.values[row] ?? 0) - Number(o.truth[place]))
      : Number(answers.labels[row] === String(o.truth[place]));
  const before = places.map((place) => scoreOf(o.answers, place, place));
  const results: ExplanationData['shuffled'] = [];
  for (const { name } of fields) {
    const shuffled = Array.from({ length: SHUFFLES }, () => o.random.shuffle(own[name] ?? []));
    const columns = Object.fromEntries(
      fields.map((field) => [field.name, shuffled.flatMap((values) => (field.name === name ? values : (own[field.name] ?? [])))]),
    );
    const answers = await o.score(columns, n * SHUFFLES);
    const after = shuffled.map((_, s) => places.map((place, i) => scoreOf(answers, s * n + i, place)));
    results.push({ field: name, loss: permutationImportance(before, after) });
  }
  return results;
}
