import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { listVersionsById, requireModel, requireVersion, requireVersionById } from '#server/features/models/registry.service.ts';
import { currentServing } from '#server/features/models/stages.service.ts';
import { db, type Tx, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { cancelJob, enqueue } from '#server/platform/queue/queue.ts';
import { openObject } from '#server/platform/storage/objects.ts';
import { runSuiteJob } from './evaluations.jobs.ts';
import { mayCancelRun, mayRunSuite } from './evaluations.policy.ts';
import type { listRunsInput, SuiteRunDetail, SuiteRunSummary, startRunInput } from './evaluations.schema.ts';
import { toRunDetail, toRunSummary } from './evaluations.view.ts';
import { type GoldPart, suiteSettingsSchema } from './suite.schema.ts';
import { ensureSuite } from './suite-row.service.ts';
import { endRun, findLatestRun, findRun, findRuns, insertRun, type SuiteRunRow, setRunJob } from './suite-runs.repo.ts';

export type SuiteRequest = {
  modelVersionId: string;
  /** The version to compare with; null: none. Left out: the one that serves now. */
  incumbentId?: string | null;
  reason: string;
  /** A promotion request that waits for this run: it is called back when the run ends, however it ends. */
  requestId?: string | null;
  /** Judge on this part in place of the suite's own. */
  gold?: GoldPart;
};

/**
 * Puts a run of the model's suite into the queue, in the caller's transaction, with the suite as it is now.
 * @throws DomainError NOT_FOUND, CONFLICT for a version that was deleted
 */
export async function requestSuiteRun(tx: Tx, scope: ProjectScope, o: SuiteRequest): Promise<{ id: string }> {
  const version = await requireVersionById(tx, scope, o.modelVersionId);
  const name = `${version.model.name} v${version.number}`;
  if (version.deletedAt)
    throw new DomainError('CONFLICT', `${name} was deleted, and its graph with it, so it can’t be evaluated.`);
  const suite = await ensureSuite(tx, scope, version.modelId);
  const serving = o.incumbentId === undefined ? await currentServing(tx, scope, version.modelId) : null;
  const incumbentId = o.incumbentId === undefined ? (serving?.id ?? null) : o.incumbentId;
  const settings = o.gold ? { ...suite.settings, gold: [o.gold] } : suite.settings;
  const run = await insertRun(tx, scope, {
    modelId: version.modelId,
    modelVersionId: version.id,
    incumbentId: incumbentId === version.id ? null : incumbentId,
    reason: o.reason,
    settings,
    suiteVersion: suite.version,
    seed: settings.seed,
    requestId: o.requestId ?? null,
  });
  const job = { projectId: scope.projectId, projectName: scope.projectName, runId: run.id };
  await setRunJob(tx, scope, run.id, await enqueue(tx, runSuiteJob, job));
  await recordAudit(tx, scope, {
    action: 'evaluation.requested',
    target: { type: 'suite_run', id: run.id, name },
    reason: o.reason,
    details: { suiteVersion: suite.version, requestId: o.requestId ?? null },
  });
  await publish(tx, { projectId: scope.projectId, type: 'suite.run', id: run.id });
  return { id: run.id };
}

/** Starts a run by hand. @throws DomainError FORBIDDEN, NOT_FOUND, CONFLICT while one of this version is under way */
export async function startSuiteRun(scope: ProjectScope, input: z.infer<typeof startRunInput>): Promise<{ id: string }> {
  if (!mayRunSuite(scope)) throw new DomainError('FORBIDDEN', 'Running a suite needs the right promotion:request.');
  return transaction(async (tx) => {
    const version = await requireVersion(tx, scope, input.model, input.number);
    const latest = await findLatestRun(tx, scope, { modelVersionId: version.id });
    if (latest && (latest.status === 'queued' || latest.status === 'running')) {
      throw new DomainError(
        'CONFLICT',
        `The suite of ${input.model} v${input.number} is ${latest.status} already; ${latest.requestedByName} started it.`,
        {
          runId: latest.id,
        },
      );
    }
    const other = typeof input.incumbent === 'number' ? await requireVersion(tx, scope, input.model, input.incumbent) : null;
    const incumbent = input.incumbent === undefined ? {} : { incumbentId: other?.id ?? null };
    return requestSuiteRun(tx, scope, { modelVersionId: version.id, reason: input.reason, ...incumbent });
  });
}

/** Stops a run that waits or is under way. @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT when it has ended or a promotion request waits for it */
export async function cancelSuiteRun(scope: ProjectScope, id: string): Promise<void> {
  const run = await requireRun(scope, id);
  if (!mayRunSuite(scope)) throw new DomainError('FORBIDDEN', 'Stopping a run needs the right promotion:request.');
  if (!mayCancelRun(scope, run)) {
    throw new DomainError(
      'CONFLICT',
      run.requestId
        ? 'A promotion request waits for this run. Withdraw the request to stop it.'
        : `This run is ${run.status} already.`,
    );
  }
  await transaction(async (tx) => {
    if (!(await endRun(tx, scope, id, { status: 'cancelled', error: `Stopped by ${scope.actor.name}.` })))
      throw new DomainError('CONFLICT', 'This run has ended meanwhile.');
    const [version] = await listVersionsById(tx, scope, [run.modelVersionId]);
    const name = version ? `${version.model.name} v${version.number}` : 'a version';
    await recordAudit(tx, scope, { action: 'evaluation.cancelled', target: { type: 'suite_run', id, name } });
    await publish(tx, { projectId: scope.projectId, type: 'suite.run', id });
  });
  if (run.jobId) await cancelJob(runSuiteJob, run.jobId);
}

/** One run with its sections. @throws DomainError NOT_FOUND */
export async function getSuiteRun(scope: ProjectScope, id: string): Promise<SuiteRunDetail> {
  return detailOf(scope, await requireRun(scope, id));
}

/** The newest run of a version, of any state unless one is asked for; null when there is none. */
export async function latestSuiteRun(
  scope: ProjectScope,
  modelVersionId: string,
  o: { status?: SuiteRunDetail['status'] } = {},
): Promise<SuiteRunDetail | null> {
  const run = await findLatestRun(db, scope, { modelVersionId, status: o.status });
  return run ? detailOf(scope, run) : null;
}

/** Runs of a model, newest first, without their sections. @throws DomainError NOT_FOUND */
export async function listSuiteRuns(scope: ProjectScope, input: z.infer<typeof listRunsInput>): Promise<SuiteRunSummary[]> {
  const model = await requireModel(db, scope, input.model);
  const only = input.number === undefined ? null : await requireVersion(db, scope, input.model, input.number);
  const rows = await findRuns(db, scope, { modelId: model.id, modelVersionId: only?.id, limit: input.limit });
  const numbers = await numbersOf(scope, rows);
  return rows.map((row) => toRunSummary(row, numbers));
}

const said = z.object({ label: z.string(), confidence: z.number().nullable(), value: z.number().nullable() });
const suiteAnswerSchema = z.object({
  row: z.number(),
  truth: z.union([z.string(), z.number(), z.null()]),
  candidate: said,
  incumbent: said.nullable(),
});
/** What both versions said of one gold row; `row` is its number in the dataset version. */
export type SuiteAnswer = z.infer<typeof suiteAnswerSchema>;

/** Answers of a run that is done, in the order of its gold rows. @throws DomainError NOT_FOUND, CONFLICT before it is done */
export async function readSuiteAnswers(scope: ProjectScope, id: string): Promise<SuiteAnswer[]> {
  const run = await requireRun(scope, id);
  if (!run.answersKey) throw new DomainError('CONFLICT', `This run is ${run.status}: it has no answers to show.`);
  const answers: SuiteAnswer[] = [];
  const lines = createInterface({ input: await openObject(run.answersKey), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) if (line !== '') answers.push(suiteAnswerSchema.parse(JSON.parse(line)));
  return answers;
}

/** @throws DomainError NOT_FOUND */
export async function requireRun(scope: ProjectScope, id: string): Promise<SuiteRunRow> {
  const run = await findRun(db, scope, id);
  if (!run) throw notFound('evaluation run');
  return run;
}

async function detailOf(scope: ProjectScope, run: SuiteRunRow): Promise<SuiteRunDetail> {
  const [version] = await listVersionsById(db, scope, [run.modelVersionId]);
  const detail = toRunDetail(run, await numbersOf(scope, [run]), version?.model.name ?? '');
  return {
    ...detail,
    settings: suiteSettingsSchema.parse(run.settings),
    may: { cancel: mayCancelRun(scope, run), repeat: mayRunSuite(scope) },
  };
}

async function numbersOf(
  scope: ProjectScope,
  rows: readonly Pick<SuiteRunRow, 'modelVersionId' | 'incumbentId'>[],
): Promise<Map<string, number>> {
  const ids = rows.flatMap((row) => (row.incumbentId ? [row.modelVersionId, row.incumbentId] : [row.modelVersionId]));
  const versions = await listVersionsById(db, scope, ids);
  return new Map(versions.map((version) => [version.id, version.number]));
}
