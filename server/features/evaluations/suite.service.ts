import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { CLASS_AVERAGES } from '#server/domain/metrics/class-counts.ts';
import { MULTILABEL_FIGURES } from '#server/domain/metrics/multilabel.ts';
import { metricPath } from '#server/domain/metrics/paths.ts';
import { type Signature, signatureSchema } from '#server/domain/signature.ts';
import { DomainError } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { getReadyVersion } from '#server/features/datasets/versions.service.ts';
import { listModelsWithVersions, requireModel } from '#server/features/models/registry.service.ts';
import { getBrief } from '#server/features/projects/brief.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { mayEditSuite, mayLockGold, mayRunSuite } from './evaluations.policy.ts';
import type { Suite, saveSuiteInput } from './evaluations.schema.ts';
import { goldChoices } from './gold.service.ts';
import { rowsOf } from './gold-rows.service.ts';
import type { SuiteSettings, SuiteTask } from './suite.schema.ts';
import { ensureSuite } from './suite-row.service.ts';
import { updateSuite } from './suites.repo.ts';

/** A model's suite with what can be chosen in it. @throws DomainError NOT_FOUND */
export async function getSuite(scope: ProjectScope, name: string): Promise<Suite> {
  const model = await requireModel(db, scope, name);
  const suite = await transaction((tx) => ensureSuite(tx, scope, model.id));
  const versions = (await listModelsWithVersions(scope)).find(({ id }) => id === model.id)?.versions ?? [];
  const newest = versions.find((version) => !version.deletedAt) ?? versions[0];
  const signature = newest ? signatureSchema.parse(newest.signature) : null;
  const learned = versions.flatMap((version) => version.datasetVersionId ?? []).slice(0, 10);
  const judgedOn = suite.settings.gold[0]?.datasetVersionId ?? newest?.datasetVersionId ?? null;
  const [gold, data, brief] = await Promise.all([
    goldChoices(scope, [...suite.settings.gold.map((part) => part.datasetVersionId), ...learned]),
    judgedOn ? getReadyVersion(scope, judgedOn).catch(() => null) : null,
    getBrief(scope),
  ]);
  const task = taskOf(suite.settings, signature);
  return {
    model: { id: model.id, name: model.name, positive: model.positive },
    settings: suite.settings,
    version: suite.version,
    updatedAt: suite.updatedByName ? suite.updatedAt : null,
    updatedByName: suite.updatedByName,
    task,
    versions: versions.map(({ id, number, stage, deletedAt }) => ({ id, number, stage, deleted: deletedAt !== null })),
    columns: data?.columns.map(({ name: column, kind }) => ({ name: column, kind })) ?? [],
    gold,
    paths: pathsOf(task, signature, { settings: suite.settings, values: brief?.values ?? null }),
    may: { run: mayRunSuite(scope), edit: mayEditSuite(scope), lock: mayLockGold(scope) },
  };
}

/** Changes what a model is measured on. @throws DomainError FORBIDDEN, NOT_FOUND, INVALID, CONFLICT when somebody else changed it meanwhile */
export async function saveSuite(scope: ProjectScope, input: z.infer<typeof saveSuiteInput>): Promise<void> {
  if (!mayEditSuite(scope)) throw new DomainError('FORBIDDEN', 'Changing a suite needs the right model:write.');
  const model = await requireModel(db, scope, input.model);
  for (const part of input.settings.gold) {
    const version = await getReadyVersion(scope, part.datasetVersionId);
    if (rowsOf(version, part.split) === 0)
      throw new DomainError(
        'INVALID',
        `${version.dataset} v${version.number} has no rows in the part ${part.split}. Choose another part.`,
      );
  }
  if (input.settings.task === 'ranking' && !input.settings.query)
    throw new DomainError('INVALID', 'A ranking needs the column that says which rows belong to one query.');
  await transaction(async (tx) => {
    const before = await ensureSuite(tx, scope, model.id);
    const changed = await updateSuite(tx, scope, {
      modelId: model.id,
      expectedVersion: input.expectedVersion,
      settings: input.settings,
    });
    if (!changed)
      throw new DomainError(
        'CONFLICT',
        `${before.updatedByName ?? 'Somebody'} changed this suite since you opened it. Look at it again, then save.`,
      );
    await recordAudit(tx, scope, {
      action: 'evaluation.suite-changed',
      target: { type: 'model', id: model.id, name: model.name },
      details: { from: before.settings, to: input.settings },
    });
    await publish(tx, { projectId: scope.projectId, type: 'suite.settings', id: model.id });
  });
}

/** What a suite measures: as its settings say, or else what the signature means. */
export function taskOf(settings: SuiteSettings, signature: Signature | null): SuiteTask {
  return settings.task ?? (signature && !signature.classes ? 'regression' : 'classification');
}

/** The figures whose difference a run can test. */
function pathsOf(
  task: SuiteTask,
  signature: Signature | null,
  o: { settings: SuiteSettings; values: { kind: string } | null },
): string[] {
  const classes = signature?.classes ?? [];
  if (task === 'regression')
    return ['mae', 'rmse', 'r2', 'bias', ...o.settings.quantiles.map((q) => metricPath('pinball', String(q)))];
  if (task === 'multilabel') return [...MULTILABEL_FIGURES, ...classes.map((name) => metricPath('f1', name))];
  if (task === 'ranking') {
    const depths = o.settings.depths.map(String);
    return [...depths.map((k) => metricPath('ndcg', k)), ...depths.map((k) => metricPath('recall_at', k)), 'mrr'];
  }
  const own = classes.flatMap((name) => [metricPath('f1', name), metricPath('auc', name)]);
  const averages = CLASS_AVERAGES.filter((path) => path !== 'micro_f1');
  return [...averages, ...own, 'log_loss', 'brier', 'ece', ...(o.values ? [`${o.values.kind}.mean`] : [])];
}
