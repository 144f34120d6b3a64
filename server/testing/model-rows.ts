import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Signature } from '#server/domain/signature.ts';
import { withDuckdb } from '#server/platform/analytics/duckdb.ts';
import { db } from '#server/platform/db/client.ts';
import { putObjectFile } from '#server/platform/storage/objects.ts';
import type { TestProject } from './factories.ts';
import { SPAM_SIGNATURE } from './graphs.ts';

/** Rows of models, deployments and traffic that tests of promotions and rollouts start from. */

export async function createModel(project: TestProject, name = 'spam-filter') {
  return db.model.create({ data: { projectId: project.id, name, positive: 'spam' } });
}

/** The next version of a model, with a graph key of its own. */
export async function createVersion(
  model: { id: string; projectId: string },
  o: { stage?: string; signature?: Signature; datasetVersionId?: string; graphKey?: string } = {},
) {
  const graphKey = o.graphKey ?? createHash('sha256').update(randomUUID()).digest('hex');
  await db.storedObject.upsert({
    where: { key: graphKey },
    update: {},
    create: { key: graphKey, size: 10n, mediaType: 'application/onnx' },
  });
  const last = await db.modelVersion.aggregate({ where: { modelId: model.id }, _max: { number: true } });
  return db.modelVersion.create({
    data: {
      projectId: model.projectId,
      modelId: model.id,
      number: (last._max.number ?? 0) + 1,
      stage: o.stage ?? 'development',
      source: 'upload',
      graphKey,
      signature: o.signature ?? SPAM_SIGNATURE,
      sizeBytes: 10n,
      datasetVersionId: o.datasetVersionId ?? null,
    },
  });
}

/** A gateway that is up and serves these revisions, or says why it can't. */
export async function createGateway(info: { routing: Record<string, number>; problems?: Record<string, string> }) {
  return db.process.create({ data: { kind: 'gateway', host: hostname(), pid: 1, info: { problems: {}, ...info } } });
}

export async function setGateway(
  id: string,
  info: { routing: Record<string, number>; problems?: Record<string, string> },
): Promise<void> {
  await db.process.update({ where: { id }, data: { info: { problems: {}, ...info }, heartbeatAt: new Date() } });
}

/** Answered requests of one version with their outcomes: the first `correct` of `outcomes` right, the others wrong. */
export async function addTraffic(
  project: TestProject,
  o: {
    deploymentId: string;
    rolloutId: string | null;
    modelVersionId: string;
    arm: 'primary' | 'canary';
    requests: number;
    errors?: number;
    outcomes?: number;
    correct?: number;
    latencyMs?: number;
    at?: Date;
  },
): Promise<void> {
  const at = o.at ?? new Date();
  const rows = Array.from({ length: o.requests }, (_, i) => ({
    requestId: randomUUID(),
    failed: i >= o.requests - (o.errors ?? 0),
  }));
  await db.prediction.createMany({
    data: rows.map(({ requestId, failed }) => ({
      id: randomUUID(),
      projectId: project.id,
      requestId,
      deploymentId: o.deploymentId,
      modelVersionId: o.modelVersionId,
      rolloutId: o.rolloutId,
      arm: o.arm,
      at,
      eventTime: at,
      input: { body: 'win money' },
      ...(failed ? { errorCode: 'INTERNAL' } : { label: 'spam', confidence: 0.9, output: { label: 'spam' } }),
      latencyMs: o.latencyMs ?? 2,
      queueMs: 0,
      batchSize: 1,
    })),
  });
  const known = rows.filter((row) => !row.failed).slice(0, o.outcomes ?? 0);
  await db.outcome.createMany({
    data: known.map(({ requestId }, i) => ({
      projectId: project.id,
      requestId,
      label: i < (o.correct ?? known.length) ? 'spam' : 'ham',
      at,
      eventTime: at,
    })),
  });
}

export type LabeledRow = { id: string; from: string; body: string; label: 'spam' | 'ham'; split: 'train' | 'test' };

/** A dataset version that is ready, written as the dataset builder writes one. */
export async function createDatasetVersion(project: TestProject, rows: LabeledRow[], o: { dataset?: string } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'stagecraft-test-'));
  const [source, data] = [join(folder, 'rows.json'), join(folder, 'rows.parquet')];
  writeFileSync(source, JSON.stringify(rows.map((row, index) => ({ _row: index, ...row }))));
  await withDuckdb(async (connection) => {
    await connection.run(
      `copy (select cast(_row as bigint) as _row, id, "from", body, label, split as _split, cast('import' as varchar) as _label_source from read_json('${source}')) to '${data}' (format parquet)`,
    );
  });
  const stored = await putObjectFile(data, { mediaType: 'application/vnd.apache.parquet' });
  rmSync(folder, { recursive: true, force: true });
  const name = o.dataset ?? 'mail';
  const dataset = await db.dataset.upsert({
    where: { projectId_name: { projectId: project.id, name } },
    update: {},
    create: { projectId: project.id, name },
  });
  const count = (split: string) => rows.filter((row) => row.split === split).length;
  return db.datasetVersion.create({
    data: {
      projectId: project.id,
      datasetId: dataset.id,
      number: 1 + (await db.datasetVersion.count({ where: { datasetId: dataset.id } })),
      status: 'ready',
      recipe: {
        kind: 'import',
        uploadId: randomUUID(),
        format: 'jsonl',
        columns: [
          { name: 'id', kind: 'key' },
          { name: 'from', kind: 'category' },
          { name: 'body', kind: 'text' },
          { name: 'label', kind: 'label' },
        ],
        split: { kind: 'none' },
      },
      columns: [
        { name: 'id', kind: 'key' },
        { name: 'from', kind: 'category' },
        { name: 'body', kind: 'text' },
        { name: 'label', kind: 'label' },
      ],
      split: { rule: { kind: 'none' }, parts: ['train', 'test'].map((part) => ({ name: part, rows: count(part) })) },
      rowCount: rows.length,
      dataKey: stored.key,
      readyAt: new Date(),
    },
  });
}
