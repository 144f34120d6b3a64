import type { ProjectScope } from '#server/auth/actor.ts';
import type { EvidenceSection, Fact } from '#server/domain/evidence/section.schema.ts';
import { meanAbsolute } from '#server/domain/explain/importance.ts';
import { createRandom } from '#server/domain/random.ts';
import type { SectionContext } from '#server/features/evaluations/section-context.schema.ts';
import { listVersionsById } from '#server/features/models/registry.service.ts';
import { db } from '#server/platform/db/client.ts';
import { type OpenedGraph, openGraph, type Row, thinRows } from './background.service.ts';
import { MANY_ROWS } from './black-box.ts';
import { EXPLANATION_FORM, type ExplanationData, type Importance } from './explanations.schema.ts';
import { globalFromInside, shuffleFields, sorted } from './global.ts';
import { viewOutput } from './outputs.ts';
import { explainValues, pick, type RowValues } from './values.service.ts';

const ROWS = { linear: 400, tree: 200, blackBox: 12 } as const;

/** What the candidate goes by: mean |SHAP| of fields and terms on gold rows, and what a shuffled field loses. */
export async function runExplanationSection(scope: ProjectScope, ctx: SectionContext): Promise<EvidenceSection> {
  const started = performance.now();
  const problems: string[] = [];
  const { signature } = ctx.candidate;
  if (ctx.task === 'multilabel' || ctx.task === 'ranking' || signature.fields.length === 0) {
    problems.push('Explanations are for models that answer with one class or one number a row.');
    return {
      section: 'explanation',
      form: EXPLANATION_FORM,
      data: null,
      facts: [],
      tables: [],
      problems,
      tookMs: performance.now() - started,
    };
  }
  const names = signature.fields.map((field) => field.name);
  const [version] = await listVersionsById(db, scope, [ctx.candidate.versionId]);
  ctx.progress(0, 3, 'the inside of the graph');
  const graph = await openGraph(scope, {
    ...ctx.candidate,
    datasetVersionId: version?.datasetVersionId ?? null,
    fallback: () => ({ rows: thinRows(ctx.gold.columns, names, ctx.gold.n), of: 'gold rows' }),
  });
  ctx.signal?.throwIfAborted();
  ctx.progress(1, 3, 'importance of fields and terms');
  const classes = signature.classes ?? [];
  const k = classes.length === 0 ? 0 : Math.max(0, classes.indexOf(ctx.model.positive ?? classes[1] ?? ''));
  const global = await globalValues(ctx, graph, k);
  ctx.progress(2, 3, 'shuffled fields');
  const shuffled = await shuffleFields({
    signature,
    columns: ctx.gold.columns,
    truth: ctx.gold.truth,
    answers: ctx.answers.candidate,
    score: (columns, n) => ctx.score(ctx.candidate, columns, n),
    random: createRandom(`${ctx.seed} shuffles`),
  });
  const data: ExplanationData = {
    class: classes[k] ?? null,
    ...global,
    background: { rows: graph.background.rows.length, of: graph.background.of },
    shuffled,
    score: ctx.answers.candidate.values ? 'mean_error' : 'accuracy',
  };
  return {
    section: 'explanation',
    form: EXPLANATION_FORM,
    data,
    facts: toFacts(data),
    tables: [],
    problems,
    tookMs: performance.now() - started,
  };
}

type Global = Pick<ExplanationData, 'method' | 'space' | 'rows' | 'fields' | 'parts'>;

async function globalValues(ctx: SectionContext, graph: OpenedGraph, k: number): Promise<Global> {
  const { signature } = ctx.candidate;
  const classes = signature.classes?.length ?? 0;
  const names = signature.fields.map((field) => field.name);
  const view = graph.box && viewOutput(graph.box.targets, graph.box.post, classes, k);
  const answered = pick(ctx.answers.candidate, classes, k, ctx.gold.n);
  const explained = (row: Row, at: number) =>
    explainValues(graph, {
      signature,
      row,
      k,
      answered: answered[at] ?? Number.NaN,
      method: 'auto',
      effort: MANY_ROWS,
      score: (columns, n) => ctx.score(ctx.candidate, columns, n),
      seed: ctx.seed,
    });
  const few = thinRows(ctx.gold.columns, names, ctx.gold.n, ROWS.blackBox);
  const placeOf = (i: number, count: number) => Math.floor((i * ctx.gold.n) / count);
  const first = few[0] ? await explained(few[0], 0) : null;
  if (graph.box && graph.explainer && view && first && (first.method === 'linear' || first.method === 'tree')) {
    const rows = thinRows(ctx.gold.columns, names, ctx.gold.n, ROWS[first.method]);
    return {
      method: first.method,
      space: view.space,
      rows: rows.length,
      ...globalFromInside(graph.box, graph.explainer, view, rows),
    };
  }
  const found: RowValues[] = first ? [first] : [];
  for (const [i, row] of few.entries()) {
    ctx.signal?.throwIfAborted();
    if (i > 0) found.push(await explained(row, placeOf(i, few.length)));
  }
  const intervals = meanAbsolute(
    found.map((one) => one.fields.map((field) => field.contribution)),
    names.length,
  );
  const fields = names.flatMap((field, i): Importance[] => {
    const importance = intervals[i];
    return importance ? [{ field, part: null, importance, direction: null }] : [];
  });
  return {
    method: first?.method ?? 'permutation',
    space: first?.space ?? 'probability',
    rows: found.length,
    fields: sorted(fields),
    parts: [],
  };
}

/** `explanation.<field>.importance` and `.shuffled`, so that a gate may say that a field must not decide. */
function toFacts(data: ExplanationData): Fact[] {
  const name = (field: string) => (/^[\w-]+$/.test(field) ? field : `"${field.replaceAll('"', '')}"`);
  return [
    ...data.fields.map(({ field, importance }) => ({
      path: `explanation.${name(field)}.importance`,
      estimate: importance.estimate,
      lower: importance.lower,
      upper: importance.upper,
      n: importance.n,
      unit: null,
    })),
    ...data.shuffled.map(({ field, loss }) => ({
      path: `explanation.${name(field)}.shuffled`,
      estimate: loss?.estimate ?? null,
      lower: loss?.lower ?? null,
      upper: loss?.upper ?? null,
      n: loss?.n ?? null,
      unit: data.score === 'accuracy' ? 'share' : null,
    })),
  ];
}
