import type { ProjectScope } from '#server/auth/actor.ts';
import type { EvidenceSection, SectionName } from '#server/domain/evidence/section.schema.ts';
import { signatureSchema } from '#server/domain/signature.ts';
import type { FailedRow } from '#server/domain/suite/sections.schema.ts';
import { DomainError } from '#server/errors.ts';
import { runBehaviourSection, runRobustnessSection } from '#server/features/behaviour/behaviour.service.ts';
import { runExplanationSection } from '#server/features/explanations/explanations.service.ts';
import { runFairnessSection } from '#server/features/fairness/fairness.service.ts';
import { listVersionsById } from '#server/features/models/registry.service.ts';
import { getBrief } from '#server/features/projects/brief.service.ts';
import { type Columns as Scored, scoreColumns, withLoadedModel } from '#server/inference/client.ts';
import { db } from '#server/platform/db/client.ts';
import { objectPath } from '#server/platform/storage/objects.ts';
import { failedRow, failsOnRow, namedRow, withoutRows } from './answers.view.ts';
import { runComparison } from './comparison.service.ts';
import type { SuiteProgress } from './evaluations.schema.ts';
import { type LoadedGold, loadGold } from './gold-rows.service.ts';
import { runOperation } from './operation.service.ts';
import { overlapWith } from './overlap.service.ts';
import { type JudgedOn, runPerformance } from './performance.service.ts';
import type { Answers, SectionContext, SuiteSide } from './section-context.schema.ts';
import type { GoldPart, SuiteSettings } from './suite.schema.ts';
import { taskOf } from './suite.service.ts';
import type { SuiteRunRow } from './suite-runs.repo.ts';

/** Few rows at a time: a batch is as wide as its longest text. */
const BATCH_ROWS = 32;
/** Past this many the model is broken, not the rows. */
const MOST_FAILED = 20;

type Learned = Awaited<ReturnType<typeof listVersionsById>>[number];
export type SuiteResult = { sections: EvidenceSection[]; golds: LoadedGold[]; context: SectionContext };

/**
 * Runs all sections of a suite on the very graphs, the candidate's and the incumbent's, and on its gold rows.
 * @throws DomainError CONFLICT when a graph is gone, INVALID when the rows don't fit or the model fails on too many
 */
export async function computeSuite(
  scope: ProjectScope,
  run: SuiteRunRow,
  settings: SuiteSettings,
  o: { signal: AbortSignal; report: (progress: SuiteProgress) => void },
): Promise<SuiteResult> {
  const versions = await listVersionsById(db, scope, [run.modelVersionId, ...(run.incumbentId ? [run.incumbentId] : [])]);
  const version = versions.find(({ id }) => id === run.modelVersionId);
  if (!version) throw new DomainError('NOT_FOUND', 'The version that this run was for isn’t there any more.');
  const before = versions.find(({ id }) => id === run.incumbentId) ?? null;
  const candidate = await sideOf(version);
  const incumbent = before ? await sideOf(before) : null;
  const task = taskOf(settings, candidate.signature);
  const inputs = [
    ...new Set(
      [candidate, ...(incumbent ? [incumbent] : [])].flatMap((side) => side.signature.inputs.map((input) => input.name)),
    ),
  ];
  const golds: LoadedGold[] = [];
  for (const part of goldOf(settings, version)) {
    o.report({ section: 'gold', what: 'reading the gold rows', share: 0 });
    golds.push(await loadGold(scope, part, { target: settings.target, task, inputs }));
  }
  const [first] = golds;
  if (!first) throw new DomainError('INVALID', 'The suite has no gold version.');
  const brief = await getBrief(scope);
  const { id, name, positive } = version.model;
  const make = (gold: LoadedGold): Omit<SectionContext, 'answers'> => ({
    model: { id, name, positive },
    suite: settings,
    task,
    candidate,
    incumbent,
    gold: gold.rows,
    score: (side, columns, n) =>
      score(side, columns, n, { signal: o.signal, onFailedRow: (row, reason) => failsOnRow(side, row, reason) }),
    brief,
    seed: run.seed,
    signal: o.signal,
    progress: () => undefined,
  });
  return withLoadedModel(candidate.modelPath, () =>
    withLoadedModel(incumbent?.modelPath ?? candidate.modelPath, async () => {
      const failed: FailedRow[] = [];
      const answered: SectionContext[] = [];
      for (const [i, gold] of golds.entries()) answered.push(await answer(make(gold), { failed: i === 0 ? failed : [], ...o }));
      const [context, ...others] = answered;
      if (!context) throw new DomainError('INVALID', 'The suite has no gold version.');
      const overlaps = await Promise.all(
        [version, ...(before ? [before] : [])].map((learned) => overlapWith(scope, learned, first.rows)),
      );
      const on: JudgedOn = {
        gold: first.name,
        target: first.target,
        failedRows: failed,
        overlaps,
        others: others.map((other, i) => ({ gold: golds[i + 1]?.name ?? first.name, context: other })),
        problems: golds.flatMap((gold) => gold.problems),
      };
      return { sections: await allSections(scope, context, on, o), golds, context };
    }),
  );
}

type Step = { name: SectionName; weight: number; run: (ctx: SectionContext) => EvidenceSection | Promise<EvidenceSection> };

async function allSections(
  scope: ProjectScope,
  context: SectionContext,
  on: JudgedOn,
  o: { signal: AbortSignal; report: (progress: SuiteProgress) => void },
): Promise<EvidenceSection[]> {
  const all: Step[] = [
    { name: 'performance', weight: 2, run: (ctx) => runPerformance(ctx, on) },
    { name: 'comparison', weight: 2, run: (ctx) => runComparison(ctx) },
    { name: 'operation', weight: 1, run: (ctx) => runOperation(ctx) },
    { name: 'behaviour', weight: 1, run: (ctx) => runBehaviourSection(scope, ctx) },
    { name: 'robustness', weight: 2, run: (ctx) => runRobustnessSection(scope, ctx) },
    { name: 'fairness', weight: 2, run: (ctx) => runFairnessSection(scope, ctx) },
    { name: 'explanation', weight: 2, run: (ctx) => runExplanationSection(scope, ctx) },
  ];
  const steps = all.filter(({ name }) => name === 'performance' || (context.suite.sections[name]?.on ?? true));
  const whole = steps.reduce((sum, { weight }) => sum + weight, SCORING);
  const answered = withoutRows(context, on.failedRows);
  const sections: EvidenceSection[] = [];
  let done = SCORING;
  for (const step of steps) {
    o.signal.throwIfAborted();
    // A turn of the event loop between the sections: the worker says that it lives, and hears a cancel.
    await new Promise((resolve) => setImmediate(resolve));
    const progress: SectionContext['progress'] = (part, total, what) =>
      o.report({ section: step.name, what, share: Math.min(1, (done + (step.weight * part) / Math.max(1, total)) / whole) });
    progress(0, 1, step.name);
    sections.push(await step.run({ ...(JUDGING.has(step.name) ? context : answered), progress }));
    done += step.weight;
  }
  return sections;
}

/** Sections in which a row without an answer counts as wrong; the others run the graph again, and do without it. */
const JUDGING: ReadonlySet<SectionName> = new Set(['performance', 'comparison']);
/** What scoring weighs beside the sections. */
const SCORING = 2;

async function answer(
  ctx: Omit<SectionContext, 'answers'>,
  o: { failed: FailedRow[]; signal: AbortSignal; report: (progress: SuiteProgress) => void },
): Promise<SectionContext> {
  const { gold, candidate, incumbent } = ctx;
  const run = (side: SuiteSide) =>
    score(side, gold.columns, gold.n, {
      signal: o.signal,
      onProgress: (done) =>
        o.report({ section: 'answers', what: `v${side.number} answers row ${done} of ${gold.n}`, share: (0.1 * done) / gold.n }),
      onFailedRow: (row, reason) => {
        const found = failedRow(gold, row, reason);
        if (side !== candidate || ctx.task === 'regression' || ctx.task === 'ranking')
          throw new DomainError('INVALID', `v${side.number} fails on ${namedRow(gold, found)}: ${reason}`, { failedRow: found });
        o.failed.push(found);
        if (o.failed.length > MOST_FAILED)
          throw new DomainError(
            'INVALID',
            `v${side.number} fails on more than ${MOST_FAILED} rows; the first is ${namedRow(gold, o.failed[0] ?? found)}: ${reason}`,
            { failedRow: o.failed[0] ?? found },
          );
      },
    });
  return { ...ctx, answers: { candidate: await run(candidate), incumbent: incumbent ? await run(incumbent) : null } };
}

async function score(
  side: SuiteSide,
  columns: Scored,
  n: number,
  o: { signal: AbortSignal; onFailedRow: (row: number, reason: string) => void; onProgress?: (done: number) => void },
): Promise<Answers> {
  const { modelPath, signature } = side;
  const { labels, probabilities, values } = await scoreColumns({ modelPath, signature, columns, n, batchSize: BATCH_ROWS, ...o });
  return { labels: values ? [] : labels, scores: probabilities, ...(values ? { values } : {}) };
}

async function sideOf(version: Learned): Promise<SuiteSide> {
  const { id, number, graphKey, sizeBytes } = version;
  const gone = (why: string) =>
    new DomainError('CONFLICT', `${version.model.name} v${number} can’t be evaluated: ${why}`, { reason: 'ARTIFACT_GONE' });
  if (version.deletedAt) throw gone(`it was deleted by ${version.deletedByName}, and its graph with it.`);
  const modelPath = await objectPath(graphKey).catch(() => null);
  if (!modelPath)
    throw gone(
      `its file (${graphKey.slice(0, 12)}…) isn’t in the store any more. Register the model anew, or bring the file back from a backup.`,
    );
  return {
    versionId: id,
    number,
    graphKey,
    modelPath,
    signature: signatureSchema.parse(version.signature),
    sizeBytes: Number(sizeBytes),
  };
}

function goldOf(settings: SuiteSettings, version: Learned): GoldPart[] {
  if (settings.gold.length > 0) return settings.gold;
  if (version.datasetVersionId) return [{ datasetVersionId: version.datasetVersionId, split: 'test' }];
  throw new DomainError(
    'INVALID',
    `It isn’t known what ${version.model.name} v${version.number} learned from, and the suite names no gold version. Choose one in the suite’s settings.`,
  );
}
