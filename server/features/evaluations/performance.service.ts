import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import { classificationFigures, classificationSlices } from '#server/domain/suite/classification.ts';
import { performanceFacts, performanceTables } from '#server/domain/suite/facts.ts';
import { evaluateUnits, residualsOf, slicesOfUnits } from '#server/domain/suite/numbers.ts';
import type { FailedRow, GoldName, PerformanceData, SuiteFigure } from '#server/domain/suite/sections.schema.ts';
import { cutRows } from '#server/domain/suite/slices.ts';
import { classesOf, classified, evaluatorOf, valuesOf } from './classified.view.ts';
import type { Overlap } from './overlap.service.ts';
import type { Answers, SectionContext } from './section-context.schema.ts';

export type JudgedOn = {
  gold: GoldName;
  target: string;
  failedRows: FailedRow[];
  overlaps: Overlap[];
  /** The suite's other gold versions, with the candidate's answers on them. */
  others: { gold: GoldName; context: SectionContext }[];
  problems: string[];
};

const SLICED = ['category', 'text', 'number', 'time'];

/** How good the candidate's answers are on the gold rows: all figures with intervals, by class and by slice, and calibration. */
export function runPerformance(ctx: SectionContext, on: JudgedOn): EvidenceSection {
  const started = performance.now();
  const { suite, gold } = ctx;
  const own = figuresOf(ctx, ctx.answers.candidate);
  ctx.progress(1, 3, 'figures of each slice');
  const data: PerformanceData = {
    ...own,
    task: ctx.task,
    target: on.target,
    gold: on.gold,
    confidence: suite.confidence,
    draws: suite.draws,
    rows: gold.n,
    slices: slicesOf(ctx, on.target),
    residuals: ctx.task === 'regression' ? residualsOf(gold.truth.map(Number), valuesOf(ctx, ctx.answers.candidate)) : null,
    failedRows: on.failedRows,
    overlaps: on.overlaps,
    others: on.others.map((other) => ({
      gold: other.gold,
      figures: figuresOf(other.context, other.context.answers.candidate).figures,
    })),
  };
  ctx.progress(3, 3, 'figures of the candidate');
  return {
    section: 'performance',
    form: 1,
    data,
    facts: performanceFacts(data),
    tables: performanceTables(data, ctx.model.positive),
    problems: [...on.problems, ...problemsOf(data)],
    tookMs: performance.now() - started,
  };
}

type Figures = Pick<PerformanceData, 'figures' | 'classes' | 'confusion' | 'calibration' | 'value' | 'queries'>;

function figuresOf(ctx: SectionContext, answers: Answers): Figures {
  const { suite, candidate, brief, seed } = ctx;
  const drawing = { draws: suite.draws, confidence: suite.confidence, seed };
  if (ctx.task === 'classification') {
    const classes = classesOf(ctx);
    const data = classified(ctx.gold, candidate, answers, { classes, known: candidate.signature.classes ?? [] });
    return { ...classificationFigures(data, { ...drawing, values: brief?.values ?? null }), queries: null };
  }
  const evaluator = evaluatorOf(ctx, answers);
  const figures: SuiteFigure[] = evaluateUnits(evaluator, drawing);
  return {
    figures,
    classes: [],
    confusion: null,
    calibration: [],
    value: null,
    queries: ctx.task === 'ranking' ? evaluator.units : null,
  };
}

function slicesOf(ctx: SectionContext, target: string): PerformanceData['slices'] {
  const { gold, suite, seed } = ctx;
  if (ctx.task === 'ranking') return [];
  const all = Object.keys(gold.kinds).filter((name) => SLICED.includes(gold.kinds[name] ?? '') && name !== target);
  const cuts = cutRows({
    columns: gold.columns,
    kinds: gold.kinds,
    names: suite.slices ?? all,
    n: gold.n,
    minRows: suite.minSliceRows,
  });
  const drawing = { draws: suite.draws, confidence: suite.confidence, seed };
  if (ctx.task !== 'classification') return slicesOfUnits(cuts, (rows) => evaluatorOf(ctx, ctx.answers.candidate, rows), drawing);
  const data = classified(gold, ctx.candidate, ctx.answers.candidate, {
    classes: classesOf(ctx),
    known: ctx.candidate.signature.classes ?? [],
  });
  return classificationSlices(data, cuts, drawing);
}

function problemsOf(data: PerformanceData): string[] {
  const seen = data.overlaps.filter(({ rows }) => (rows ?? 0) > 0).map(({ sentence }) => sentence);
  const none = data.figures.filter(({ interval }) => interval === null).map(({ name }) => name);
  const failed = data.failedRows.map(
    ({ row, reason, fields }) =>
      `The model fails on row ${row} of ${data.gold.dataset} v${data.gold.number} (${fields.map(({ name, value }) => `${name}: ${value}`).join(', ')}): ${reason} It counts as a wrong answer.`,
  );
  const empty =
    none.length > 0
      ? [
          `There is no ${none.join(', no ')} on these rows: a class neither occurs nor is answered, or nothing was answered with a probability.`,
        ]
      : [];
  return [...seen, ...failed, ...empty];
}
