import type { ProjectScope } from '#server/auth/actor.ts';
import { judgeAttack, planAttacks, robustnessFacts } from '#server/domain/behaviour/robustness.ts';
import { scoreSafely } from '#server/domain/behaviour/score-safely.ts';
import {
  BEHAVIOUR_FORM,
  type BehaviourData,
  ROBUSTNESS_FORM,
  type RobustnessData,
  robustnessSettingsSchema,
} from '#server/domain/behaviour/section.schema.ts';
import { behaviourFacts, behaviourTable, rateFact, summarize } from '#server/domain/behaviour/summary.ts';
import type { Cell } from '#server/domain/behaviour/test.schema.ts';
import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import { createRandom } from '#server/domain/random.ts';
import { wilsonInterval } from '#server/domain/stats/proportions.ts';
import type { SectionContext, SuiteSide } from '#server/features/evaluations/section-context.schema.ts';
import { cleanRows, trainingRanges } from './clean-rows.service.ts';
import { answerTests } from './scoring.service.ts';
import { readTests } from './tests.service.ts';

/**
 * The section "behaviour" of a suite run: every row of the model that is switched on, put to the candidate and to what
 * is in the stage, with its very words kept. A graph that fails on an input is a finding, not an end.
 */
export async function runBehaviourSection(scope: ProjectScope, ctx: SectionContext): Promise<EvidenceSection> {
  const started = performance.now();
  const tests = (await readTests(scope, ctx.model.id)).filter((test) => test.enabled);
  ctx.progress(0, tests.length, `${tests.length} behavioural tests`);
  const put = (side: SuiteSide) =>
    answerTests(tests, side.signature, {
      score: (columns, n) => ctx.score(side, columns, n),
      seed: ctx.seed,
      ...(ctx.signal ? { signal: ctx.signal } : {}),
    });
  const results = await put(ctx.candidate);
  const before = ctx.incumbent ? { number: ctx.incumbent.number, results: await put(ctx.incumbent) } : null;
  const data: BehaviourData = summarize(tests, results, { seed: ctx.seed, candidate: ctx.candidate.number, incumbent: before });
  ctx.progress(tests.length, tests.length, `${tests.length} behavioural tests`);
  const problems = data.rows
    .filter((row) => row.result.status === 'invalid' || row.result.status === 'crashed')
    .map((row) => `Test “${row.name || row.capability || row.kind}”: ${row.result.sentence}`);
  return {
    section: 'behaviour',
    form: BEHAVIOUR_FORM,
    data,
    facts: behaviourFacts(data),
    tables: [behaviourTable(data)],
    problems: problems.slice(0, 50),
    tookMs: performance.now() - started,
  };
}

/**
 * The section "robustness": typing errors, case, missing fields, what lies beyond training, each as changed copies of
 * gold rows, with the share of answers that change and the share that is right.
 */
export async function runRobustnessSection(scope: ProjectScope, ctx: SectionContext): Promise<EvidenceSection> {
  const started = performance.now();
  const settings = robustnessSettingsSchema.parse(ctx.suite.sections.robustness?.settings ?? {});
  const { signature } = ctx.candidate;
  const chosen = createRandom(`${ctx.seed} robustness`)
    .shuffle(Array.from({ length: ctx.gold.n }, (_, row) => row))
    .slice(0, settings.rows)
    .sort((a, b) => a - b);
  const pick = <T>(values: readonly T[] | undefined) => chosen.map((row) => values?.[row] as T);
  const columns: Record<string, Cell[]> = Object.fromEntries(
    signature.fields.map(({ name }) => [name, pick(ctx.gold.columns[name]).map((cell) => cell ?? null)]),
  );
  const ranges = await trainingRanges(scope, ctx);
  const attacks = planAttacks(columns, chosen.length, { fields: signature.fields, ranges: ranges.of, settings, seed: ctx.seed });
  const clean = cleanRows(ctx, chosen);
  const rows: RobustnessData['rows'] = [];
  const crashes: RobustnessData['crashes'] = [];
  for (const [index, attack] of attacks.entries()) {
    ctx.progress(index, attacks.length, attack.what);
    const { answers, failures } = await scoreSafely(
      (changed, n) => ctx.score(ctx.candidate, changed, n),
      attack.columns,
      attack.rows.length,
      { classes: signature.classes?.length ?? 0, ...(ctx.signal ? { signal: ctx.signal } : {}) },
    );
    rows.push(judgeAttack(attack, answers, failures, clean));
    for (const [at, message] of [...failures].slice(0, 3)) {
      crashes.push({ what: attack.what, row: clean.rowIds[attack.rows[at] ?? 0] ?? 0, message });
    }
  }
  const right = clean.truth ? chosen.filter((_, at) => clean.answers.labels[at] === clean.truth?.[at]).length : 0;
  const data: RobustnessData = {
    seed: ctx.seed,
    n: chosen.length,
    of: ctx.gold.n,
    clean: clean.truth ? wilsonInterval({ successes: right, n: chosen.length }) : null,
    tolerance: clean.tolerance,
    ranges: ranges.from,
    rows,
    crashes,
  };
  return {
    section: 'robustness',
    form: ROBUSTNESS_FORM,
    data,
    facts: [...(data.clean ? [rateFact('robustness.clean.accuracy', data.clean)] : []), ...robustnessFacts(rows)],
    tables: [
      {
        name: 'robustness',
        rows: rows.map(({ id, kind, field, n, flipRate, accuracy, crashes: failed }) => ({
          id,
          kind,
          field,
          n,
          flip_rate: flipRate?.estimate ?? null,
          accuracy: accuracy?.estimate ?? null,
          crashes: failed,
        })),
      },
    ],
    problems: crashes
      .slice(0, 50)
      .map(({ what, row, message }) => `${what}: the graph gives no answer to row ${row}: ${message}`),
    tookMs: performance.now() - started,
  };
}
