import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { getVersionByNumber, requestVersion } from '#server/features/datasets/versions.service.ts';
import { readWindow } from '#server/features/predictions/windows.service.ts';
import { transaction } from '#server/platform/db/client.ts';
import { putObject } from '#server/platform/storage/objects.ts';
import type { makeDatasetInput, makeDatasetOutput } from './monitors.schema.ts';
import { requireMonitor } from './monitors.service.ts';

/**
 * Adds a window of production to a dataset, as a new version: the requests' inputs, their event time, and their outcome as the
 * label where one is known. Rows go to the training part; the parts that models are judged on stay as they are. Rows without
 * an outcome come along unlabeled, so that people can label them.
 * @throws NOT_FOUND, INVALID when the window is empty or the dataset's columns can't take the inputs
 */
export async function makeDatasetFromWindow(
  scope: ProjectScope,
  input: z.infer<typeof makeDatasetInput>,
): Promise<z.infer<typeof makeDatasetOutput>> {
  const monitor = await requireMonitor(scope, input.monitor);
  const parent = await getVersionByNumber(scope, { dataset: input.dataset, number: input.version });
  const columns = {
    key: parent.columns.find((column) => column.kind === 'key')?.name,
    time: parent.columns.find((column) => column.kind === 'time')?.name,
    label: parent.columns.find((column) => column.kind === 'label')?.name,
  };
  if (!columns.label)
    throw new DomainError('INVALID', `${input.dataset} v${input.version} has no label column that outcomes could go to.`);
  const rows = (await readWindow(scope, { deploymentId: monitor.deploymentId, from: input.from, to: input.to })).filter(
    (row) => row.errorCode === null,
  );
  if (rows.length === 0)
    throw new DomainError('INVALID', 'Nothing was served in this window, so there is no row to add. Choose another window.');
  const source = `outcome:${monitor.name}`;
  const lines = rows.map((row) => {
    const known = row.outcome !== null;
    return JSON.stringify({
      ...pick(
        row.input,
        parent.columns.map((column) => column.name),
      ),
      ...(columns.key && { [columns.key]: row.index === 0 ? row.requestId : `${row.requestId}/${row.index}` }),
      ...(columns.time && { [columns.time]: row.eventTime.toISOString() }),
      [columns.label as string]: row.outcome,
      _label_source: known ? source : null,
    });
  });
  const object = await putObject(`${lines.join('\n')}\n`, { mediaType: 'application/x-ndjson' });
  const withOutcome = rows.filter((row) => row.outcome !== null).length;
  const version = await transaction(async (tx) => {
    const requested = await requestVersion(tx, scope, {
      datasetId: parent.datasetId,
      recipe: { kind: 'append', parentId: parent.id, objectKey: object.key, into: 'train' },
      lineage: [
        { type: 'dataset_version', id: parent.id, name: `${parent.dataset} v${parent.number}` },
        {
          type: 'deployment',
          id: monitor.deploymentId,
          name: monitor.name,
          detail: `${minuteOf(input.from)} to ${minuteOf(input.to)} UTC`,
        },
      ],
      note: input.note,
    });
    await recordAudit(tx, scope, {
      action: 'monitor.window.kept',
      target: { type: 'monitor', id: monitor.id, name: monitor.name },
      details: {
        dataset: input.dataset,
        version: requested.number,
        rows: rows.length,
        withOutcome,
        from: input.from,
        to: input.to,
      },
    });
    return requested;
  });
  return { dataset: input.dataset, version: version.number, datasetVersionId: version.id, rows: rows.length, withOutcome };
}

function pick(input: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => input[name] !== undefined).map((name) => [name, input[name]]));
}

/** `2002-09-05 11:30`, for a line that is stored and shown as it is. */
function minuteOf(at: Date): string {
  return at.toISOString().slice(0, 16).replace('T', ' ');
}
