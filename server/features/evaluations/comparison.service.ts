import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import { compareClassifiers, compareEvaluators, familyOf } from '#server/domain/suite/compare.ts';
import { comparisonFacts } from '#server/domain/suite/facts.ts';
import type { ComparisonData } from '#server/domain/suite/sections.schema.ts';
import { classesOf, classified, evaluatorOf } from './classified.view.ts';
import type { SectionContext } from './section-context.schema.ts';

/** The candidate against what serves now, on the same rows. Without an incumbent the section says so and has no figures. */
export function runComparison(ctx: SectionContext): EvidenceSection {
  const started = performance.now();
  const { data, problems } = compare(ctx);
  ctx.progress(1, 1, 'comparison with the version that serves');
  return {
    section: 'comparison',
    form: 1,
    data,
    facts: comparisonFacts(data),
    tables: [],
    problems,
    tookMs: performance.now() - started,
  };
}

function compare(ctx: SectionContext): { data: ComparisonData; problems: string[] } {
  const { candidate, incumbent, suite, gold, brief, seed } = ctx;
  const before = ctx.answers.incumbent;
  const base = { candidate: candidate.number, incumbent: null, rows: gold.n, confidence: suite.confidence, draws: suite.draws };
  if (!incumbent || !before) {
    const sentence = `There is no other version in service to compare v${candidate.number} with.`;
    return { data: { ...base, metrics: [], mcnemar: null, sentence }, problems: [] };
  }
  const names = { candidate: candidate.number, incumbent: incumbent.number };
  const drawing = { draws: suite.draws, confidence: suite.confidence, seed, names };
  const family = (paths: readonly string[]) =>
    suite.metrics?.filter((path) => paths.includes(path)) ?? familyOf(paths, { positive: ctx.model.positive, brief });
  if (ctx.task !== 'classification') {
    if (Boolean(candidate.signature.classes) !== Boolean(incumbent.signature.classes)) {
      const sentence = `v${incumbent.number} answers in another form than v${candidate.number}, so the two can’t be compared.`;
      return { data: { ...base, metrics: [], mcnemar: null, sentence }, problems: [sentence] };
    }
    const [was, is] = [evaluatorOf(ctx, before), evaluatorOf(ctx, ctx.answers.candidate)];
    return { data: compareEvaluators(was, is, { ...drawing, family }), problems: [] };
  }
  const classes = classesOf(ctx);
  const known = candidate.signature.classes ?? [];
  const [was, is] = [
    classified(gold, incumbent, before, { classes, known }),
    classified(gold, candidate, ctx.answers.candidate, { classes, known }),
  ];
  const values = brief?.values ?? null;
  const problems =
    is.scores && !was.scores
      ? [
          `v${incumbent.number} has other classes than v${candidate.number} or gives no probabilities, so only their answers are compared.`,
        ]
      : [];
  return { data: compareClassifiers(was, is, { ...drawing, values, family }), problems };
}
