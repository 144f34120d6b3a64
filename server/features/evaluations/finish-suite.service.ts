import type { ProjectScope } from '#server/auth/actor.ts';
import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import { metricPath } from '#server/domain/metrics/paths.ts';
import { failedRowSchema } from '#server/domain/suite/sections.schema.ts';
import { isDomainError, messageOf } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { recordFacts } from '#server/features/models/figures.service.ts';
import { listVersionsById } from '#server/features/models/registry.service.ts';
import { suiteRunEnded } from '#server/features/models/suite-callback.service.ts';
import { notify } from '#server/features/notifications/notifications.service.ts';
import { db, type Tx, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { putObject } from '#server/platform/storage/objects.ts';
import { answerLines } from './answers.view.ts';
import type { SuiteProgress } from './evaluations.schema.ts';
import { hashOfGold } from './gold-rows.service.ts';
import { computeSuite, type SuiteResult } from './run-suite.service.ts';
import { suiteSettingsSchema } from './suite.schema.ts';
import { beginRun, endRun, type SuiteRunRow, saveProgress } from './suite-runs.repo.ts';
import { requireRun } from './suite-runs.service.ts';

const REPORT_EVERY_MS = 700;

/**
 * Runs a suite that waits, and keeps what came of it. Safe to run again: one that has ended, or was stopped, is left alone,
 * and the same rows, graphs and seed give the same figures.
 * @throws whatever isn't the run's fault, so that the job runs again
 */
export async function runSuite(scope: ProjectScope, id: string, signal: AbortSignal): Promise<void> {
  if (!(await beginRun(db, scope, id))) return;
  const run = await requireRun(scope, id);
  const settings = suiteSettingsSchema.parse(run.settings);
  let result: SuiteResult;
  try {
    result = await computeSuite(scope, run, settings, { signal, report: reporter(scope, id) });
  } catch (error) {
    if (!isDomainError(error) || error.code === 'UNAVAILABLE' || error.code === 'TIMEOUT') throw error;
    await failSuite(scope, id, error);
    return;
  }
  const answers = await putObject(answerLines(result.context), { mediaType: 'application/x-ndjson' });
  await transaction(async (tx) => {
    const golds = result.golds.map((gold) => gold.name);
    const ended = await endRun(tx, scope, id, {
      status: 'done',
      sections: result.sections,
      headline: headlineOf(result.sections, result.context.model.positive),
      gold: golds,
      goldHash: hashOfGold(golds),
      answersKey: answers.key,
    });
    if (!ended) return;
    await recordFacts(
      tx,
      scope,
      run.modelVersionId,
      result.sections.flatMap((section) => section.facts),
    );
    const { name, model } = await tell(tx, scope, run, 'evaluation.done');
    if (run.requestId) return;
    await notify(tx, scope, {
      kind: 'evaluation.done',
      people: run.requestedById ? [run.requestedById] : [],
      title: `${name} is evaluated`,
      href: `/${scope.projectName}/models/${model}/evaluation/${id}`,
    });
  });
}

/** Ends a run that can't be done, with the reason and the row at fault. */
export async function failSuite(scope: ProjectScope, id: string, error: unknown): Promise<void> {
  const row = isDomainError(error) ? failedRowSchema.safeParse(error.details?.failedRow).data : undefined;
  const run = await requireRun(scope, id);
  await transaction(async (tx) => {
    if (!(await endRun(tx, scope, id, { status: 'failed', error: messageOf(error), failedRow: row ?? null }))) return;
    const { name, model } = await tell(tx, scope, run, 'evaluation.failed', messageOf(error));
    await notify(tx, scope, {
      kind: 'evaluation.failed',
      people: run.requestedById ? [run.requestedById] : { scope: 'model:write' },
      title: `The evaluation of ${name} failed`,
      text: messageOf(error),
      href: `/${scope.projectName}/models/${model}/evaluation/${id}`,
    });
  });
}

async function tell(
  tx: Tx,
  scope: ProjectScope,
  run: SuiteRunRow,
  action: string,
  reason?: string,
): Promise<{ name: string; model: string }> {
  const [version] = await listVersionsById(tx, scope, [run.modelVersionId]);
  const name = version ? `${version.model.name} v${version.number}` : 'a version that is gone';
  await recordAudit(tx, scope, {
    action,
    target: { type: 'suite_run', id: run.id, name },
    reason,
    details: { requestId: run.requestId },
  });
  await publish(tx, { projectId: scope.projectId, type: 'suite.run', id: run.id });
  if (run.requestId) await suiteRunEnded(tx, scope, run.requestId);
  return { name, model: version?.model.name ?? '' };
}

/** Writes progress a few times a second at most; what can't be written is only not shown. */
function reporter(scope: ProjectScope, id: string): (progress: SuiteProgress) => void {
  let last = 0;
  return (progress) => {
    const now = Date.now();
    if (now - last < REPORT_EVERY_MS) return;
    last = now;
    void transaction(async (tx) => {
      if (await saveProgress(tx, scope, id, progress)) await publish(tx, { projectId: scope.projectId, type: 'suite.run', id });
    }).catch(() => undefined);
  };
}

const USUAL = ['accuracy', 'macro_f1', 'micro_f1', 'mae', 'rmse', 'mrr', 'ece', 'latency.p99'];

/** The figures that lists and trends show. */
function headlineOf(sections: readonly EvidenceSection[], positive: string | null) {
  const own = positive === null ? [] : [metricPath('f1', positive)];
  const facts = sections.flatMap((section) => section.facts);
  const ndcg = facts.filter((fact) => fact.path.startsWith('ndcg.')).at(-1)?.path;
  return [...own, ...USUAL, ...(ndcg ? [ndcg] : []), 'overlap.rows', 'behaviour.pass_rate'].flatMap((path) => {
    const fact = facts.find((one) => one.path === path);
    return fact && fact.estimate !== null ? [{ path, estimate: fact.estimate, lower: fact.lower, upper: fact.upper }] : [];
  });
}
