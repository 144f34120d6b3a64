import type { ProjectScope } from '#server/auth/actor.ts';
import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import { assessClasses, assessNumbers } from '#server/domain/fairness/assess.ts';
import { groupRows } from '#server/domain/fairness/groups.ts';
import { judgeRule } from '#server/domain/fairness/judge.ts';
import { consistency } from '#server/domain/fairness/neighbours.ts';
import { DEFAULT_MINIMUM, subjectOf } from '#server/domain/fairness/policy.schema.ts';
import { categoryProxy, textProxy } from '#server/domain/fairness/proxies.ts';
import { representation } from '#server/domain/fairness/representation.ts';
import { createRandom } from '#server/domain/random.ts';
import type { SectionContext } from '#server/features/evaluations/section-context.schema.ts';
import { db } from '#server/platform/db/client.ts';
import { toFacts, toGroupsTable } from './facts.view.ts';
import { type ColumnFairness, FAIRNESS_FORM, type FairnessData, type ProxyView } from './fairness.schema.ts';
import { flipColumn } from './flip.ts';
import { findCurrentPolicy } from './policies.repo.ts';
import { toPolicy } from './policies.view.ts';
import { chooseColumns, groupsOf, otherColumns } from './section-columns.ts';

/** The parts of a suite's context that figures of fairness need. */
export type FairnessContext = Pick<
  SectionContext,
  'model' | 'task' | 'candidate' | 'gold' | 'answers' | 'score' | 'seed' | 'signal' | 'progress'
> & { target: string };

const MOST_CLASSES = 6;
const BREATH = () => new Promise<void>((done) => setImmediate(done));

/** Fairness by the columns of the model's policy, or by the first categories of the gold rows when nobody has set one. */
export async function runFairnessSection(scope: ProjectScope, suite: SectionContext): Promise<EvidenceSection> {
  const started = performance.now();
  const ctx: FairnessContext = { ...suite, target: suite.suite.target ?? labelOf(suite.gold.kinds) };
  const row = await findCurrentPolicy(db, scope, suite.model.id);
  const policy = row ? toPolicy(row) : null;
  const problems: string[] = [];
  const minimum = policy?.rules.minimum ?? DEFAULT_MINIMUM;
  const columns: ColumnFairness[] = [];
  const chosen =
    ctx.task === 'classification' || ctx.task === 'regression' ? chooseColumns(policy?.rules ?? null, ctx.gold, ctx.target) : [];
  if (ctx.task === 'multilabel' || ctx.task === 'ranking') {
    problems.push('Figures of fairness are for models that answer with one class or one number a row.');
  }
  for (const [i, names] of chosen.entries()) {
    suite.signal?.throwIfAborted();
    suite.progress(i, chosen.length + 1, `groups by ${subjectOf(names)}`);
    const population = policy?.rules.rules.find(
      (rule) => subjectOf(rule.columns) === subjectOf(names) && rule.population,
    )?.population;
    const found = await assessColumn(ctx, names, { minimum, population: population ?? null });
    if (found) columns.push(found);
    else problems.push(`The gold rows have no column ${names.join(' and ')}, which the fairness policy names.`);
    await BREATH();
  }
  suite.progress(chosen.length, chosen.length + 1, 'neighbours');
  const data: FairnessData = {
    task: ctx.task === 'regression' ? 'regression' : 'classification',
    n: ctx.gold.n,
    minimum,
    policy: policy && { number: policy.number, by: policy.by, at: policy.at.toISOString(), reason: policy.reason },
    judgements: (policy?.rules.rules ?? []).map((rule) => {
      const subject = subjectOf(rule.columns);
      const column = columns.find((one) => one.subject === subject) ?? null;
      return { rule, subject, ...judgeRule(column, rule, subject) };
    }),
    columns,
    consistency: ctx.task === 'classification' ? neighboursOf(ctx, chosen.flat()) : null,
  };
  return {
    section: 'fairness',
    form: FAIRNESS_FORM,
    data,
    facts: toFacts(data),
    tables: [toGroupsTable(data)],
    problems,
    tookMs: performance.now() - started,
  };
}

/** One column, or two crossed: null when the gold rows don't have it. */
export async function assessColumn(
  ctx: FairnessContext,
  columns: string[],
  o: { minimum: number; population: { value: string; share: number }[] | null },
): Promise<ColumnFairness | null> {
  const groups = groupsOf(columns, ctx.gold);
  if (!groups) return null;
  const random = createRandom(`${ctx.seed} ${groups.column}`);
  const inputs = new Set(ctx.candidate.signature.fields.map((field) => field.name));
  const { labels, scores, values } = ctx.answers.candidate;
  const classes = ctx.candidate.signature.classes ?? [];
  return {
    subject: groups.column,
    columns,
    isInput: columns.some((name) => inputs.has(name)),
    classes:
      ctx.task === 'classification'
        ? assessClasses({
            groups,
            truth: ctx.gold.truth.map(String),
            labels,
            scores,
            classes,
            positives: positivesOf(ctx),
            minimum: o.minimum,
            random,
          })
        : [],
    numbers:
      values && ctx.task === 'regression'
        ? assessNumbers({ groups, truth: ctx.gold.truth.map(Number), answers: values, minimum: o.minimum, random })
        : null,
    flipped: await flipColumn(ctx, columns),
    representation: o.population && representation(groups, o.population),
    proxies: proxiesOf(ctx, columns, inputs),
  };
}

/** The class that a person chose for the model; else each of its classes; of two the second alone says the same as the first. */
function positivesOf(ctx: FairnessContext): string[] {
  const classes = ctx.candidate.signature.classes ?? [];
  if (ctx.model.positive !== null && classes.includes(ctx.model.positive)) return [ctx.model.positive];
  return classes.length === 2 ? classes.slice(1) : classes.slice(0, MOST_CLASSES);
}

function proxiesOf(ctx: FairnessContext, columns: string[], inputs: ReadonlySet<string>): ProxyView[] {
  const own = groupsOf(columns, ctx.gold);
  if (!own || own.names.length < 2) return [];
  const random = createRandom(`${ctx.seed} proxies ${own.column}`);
  return otherColumns(ctx.gold, columns, ctx.target)
    .map((name) => {
      const kind = ctx.gold.kinds[name] ?? 'category';
      const values = ctx.gold.columns[name] ?? [];
      const proxy =
        kind === 'text' ? textProxy(own, name, values, random) : categoryProxy(own, groupRows(name, kind, values), random);
      return { ...proxy, isInput: inputs.has(name) };
    })
    .sort((a, b) => Number(b.betrays) - Number(a.betrays) || (b.value ?? 0) - (a.value ?? 0));
}

function neighboursOf(ctx: FairnessContext, protectedColumns: readonly string[]) {
  const fields = ctx.candidate.signature.fields.filter((field) => !protectedColumns.includes(field.name));
  const numbers = new Map<string, number>();
  const answers = ctx.answers.candidate.labels.map((label) => {
    const number = numbers.get(label) ?? numbers.size;
    numbers.set(label, number);
    return number;
  });
  return consistency(
    fields.map(({ name, kind }) => ({ name, kind, values: ctx.gold.columns[name] ?? [] })),
    answers,
  );
}

function labelOf(kinds: Record<string, string>): string {
  return Object.keys(kinds).find((name) => kinds[name] === 'label') ?? '';
}
