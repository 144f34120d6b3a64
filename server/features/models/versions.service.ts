import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Signature } from '#server/domain/signature.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { getReadyVersion } from '#server/features/datasets/versions.service.ts';
import { getRunGraph } from '#server/features/experiments/runs.service.ts';
import { inspectModel } from '#server/inference/client.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { objectPath } from '#server/platform/storage/objects.ts';
import { findAnsweringDeployments } from './deletion.repo.ts';
import { copyRunFigures } from './figures.repo.ts';
import type { NewVersion } from './models.repo.ts';
import { ensureModel, findUpload, findVersions, insertVersion, setPositive, updateModel } from './models.repo.ts';
import type {
  inspectUploadOutput,
  registeredOutput,
  registerRunInput,
  registerUploadInput,
  setStageInput,
  updateModelInput,
} from './models.schema.ts';
import { findOpenRequests } from './promotions.repo.ts';
import { holdModel, requireVersion } from './registry.service.ts';
import { uploadedSignature } from './signature.view.ts';
import { moveStageByHand } from './stage.policy.ts';
import { listStages, setStage } from './stages.service.ts';

type Registered = z.infer<typeof registeredOutput>;

/**
 * Makes the graph of a finished run the next version of a model, in the stage where versions begin; the model is made when it is new.
 * @throws NOT_FOUND, INVALID (the run isn't finished, or made no graph), CONFLICT (it is a version of this model already)
 */
export async function registerRun(scope: ProjectScope, input: z.infer<typeof registerRunInput>): Promise<Registered> {
  const run = await getRunGraph(scope, input.runId);
  if (run.status !== 'finished') {
    throw new DomainError('INVALID', `Run ${run.name} is ${run.status}. Only a finished run has a graph to register.`);
  }
  if (!run.graph || !run.signature) {
    throw new DomainError('INVALID', `Run ${run.name} kept no ONNX graph, so there is nothing to serve.`);
  }
  return register(scope, input, {
    source: 'run',
    runId: run.id,
    datasetVersionId: run.datasetVersionId,
    graphKey: run.graph.key,
    signature: run.signature,
    sizeBytes: run.graph.size,
    note: input.note,
  });
}

/** What an uploaded file holds, looked at in a process of its own. @throws NOT_FOUND, INVALID when it can't be loaded */
export async function inspectUpload(scope: ProjectScope, uploadId: string): Promise<z.infer<typeof inspectUploadOutput>> {
  const upload = await findUpload(db, scope, uploadId);
  if (!upload) throw notFound('uploaded file');
  const found = await inspectModel(await objectPath(upload.objectKey));
  if (!found.ok) {
    throw new DomainError(
      'INVALID',
      `${upload.filename} can't be loaded as an ONNX model: ${found.reason}. Nothing was registered.`,
    );
  }
  return { filename: upload.filename, sizeBytes: Number(upload.size), signature: found.signature, providers: found.providers };
}

/**
 * Makes an uploaded ONNX file the next version of a model.
 * @throws NOT_FOUND, INVALID when it can't be loaded, isn't a classifier, or the class names don't fit
 */
export async function registerUpload(scope: ProjectScope, input: z.infer<typeof registerUploadInput>): Promise<Registered> {
  const upload = await findUpload(db, scope, input.uploadId);
  if (!upload) throw notFound('uploaded file');
  const inspected = await inspectUpload(scope, input.uploadId);
  if (input.datasetVersionId) await getReadyVersion(scope, input.datasetVersionId);
  return register(scope, input, {
    source: 'upload',
    runId: null,
    datasetVersionId: input.datasetVersionId ?? null,
    graphKey: upload.objectKey,
    signature: uploadedSignature(inspected.signature, { classes: input.classes, fields: input.fields }),
    sizeBytes: inspected.sizeBytes,
    note: input.note,
  });
}

/** Changes a model's description and positive class. @throws CONFLICT when somebody else changed it meanwhile */
export async function changeModel(scope: ProjectScope, input: z.infer<typeof updateModelInput>): Promise<void> {
  await transaction(async (tx) => {
    const model = await holdModel(tx, scope, input.model);
    const versions = await findVersions(tx, scope, model.id);
    for (const version of versions.slice(0, 1)) assertPositive(input.positive, version.signature as Signature);
    const changed = await updateModel(tx, scope, { ...input, name: input.model });
    if (!changed) {
      throw new DomainError(
        'CONFLICT',
        `${model.name} was changed by somebody else since you opened it. Look at it again, then save.`,
      );
    }
    await recordAudit(tx, scope, {
      action: 'model.changed',
      target: { type: 'model', id: model.id, name: model.name },
      details: {
        from: { description: model.description, positive: model.positive },
        to: { description: input.description, positive: input.positive },
      },
    });
    await publish(tx, { projectId: scope.projectId, type: 'model.version', id: model.id });
  });
}

/** Moves a version down by hand (demotes it, archives it), or out of the archive. Moving up goes by request. */
export async function changeStage(scope: ProjectScope, input: z.infer<typeof setStageInput>): Promise<void> {
  await transaction(async (tx) => {
    await holdModel(tx, scope, input.model);
    const version = await requireVersion(tx, scope, input.model, input.number);
    const answersFor = await findAnsweringDeployments(tx, scope, version.id);
    const may = moveStageByHand(await listStages(scope, tx), version.stage, input.stage, answersFor);
    if (!may.ok) throw new DomainError('CONFLICT', `${input.model} v${input.number}: ${may.why}`);
    const asked = (await findOpenRequests(tx, scope, version.modelId)).find((request) => request.modelVersionId === version.id);
    if (asked) {
      throw new DomainError(
        'CONFLICT',
        `${input.model} v${input.number} has an open request for ${asked.targetStage} by ${asked.requestedByName}. End that first.`,
      );
    }
    await setStage(tx, scope, { versionId: version.id, to: input.stage, reason: input.reason });
  });
}

type ModelInput = { model: string; description?: string | undefined; positive?: string | undefined };

function register(scope: ProjectScope, input: ModelInput, values: Omit<NewVersion, 'modelId'>): Promise<Registered> {
  assertPositive(input.positive ?? null, values.signature);
  return transaction(async (tx) => {
    const { model, made } = await ensureModel(tx, scope, {
      name: input.model,
      description: input.description ?? '',
      positive: input.positive ?? null,
    });
    await assertNew(tx, scope, model.id, input.model, values);
    if (input.positive && model.positive !== input.positive) await setPositive(tx, scope, model.id, input.positive);
    const version = await insertVersion(tx, scope, { ...values, modelId: model.id });
    if (values.runId) await copyRunFigures(tx, scope, { versionId: version.id, runId: values.runId });
    const name = `${model.name} v${version.number}`;
    if (made) {
      await recordAudit(tx, scope, { action: 'model.created', target: { type: 'model', id: model.id, name: model.name } });
    }
    await recordAudit(tx, scope, {
      action: 'model.version.registered',
      target: { type: 'model_version', id: version.id, name },
      details: { source: values.source, runId: values.runId, datasetVersionId: values.datasetVersionId, graph: values.graphKey },
    });
    await publish(tx, { projectId: scope.projectId, type: 'model.version', id: version.id });
    return { model: model.name, versionId: version.id, number: version.number };
  });
}

async function assertNew(tx: Tx, scope: ProjectScope, modelId: string, name: string, values: Omit<NewVersion, 'modelId'>) {
  const same = (await findVersions(tx, scope, modelId)).find(
    (version) => version.graphKey === values.graphKey && version.runId === values.runId,
  );
  if (!same) return;
  throw new DomainError('CONFLICT', `This graph is ${name} v${same.number} already. Nothing was registered.`, {
    number: same.number,
  });
}

function assertPositive(positive: string | null, signature: Signature): void {
  if (!positive || !signature.classes || signature.classes.includes(positive)) return;
  throw new DomainError('INVALID', `${positive} is none of the model's classes: ${signature.classes.join(', ')}.`);
}
