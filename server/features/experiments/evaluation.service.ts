import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { comparePaired } from '#server/domain/compare.ts';
import { evaluate } from '#server/domain/evaluate.ts';
import { type EvaluationSummary, evaluationSummarySchema, type PairedComparison } from '#server/domain/evaluation.schema.ts';
import type { Signature } from '#server/domain/signature.ts';
import { lengthBand, monthOf, type SliceColumn } from '#server/domain/slices.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { readColumns } from '#server/features/datasets/rows.service.ts';
import type { VersionDetail } from '#server/features/datasets/versions.schema.ts';
import { getReadyVersion } from '#server/features/datasets/versions.service.ts';
import { scoreColumns } from '#server/inference/client.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { objectPath, openObject, putObject } from '#server/platform/storage/objects.ts';
import {
  type EvaluationRow,
  findEvaluation,
  findEvaluationOf,
  findEvaluationsOfGraphs,
  insertEvaluation,
} from './evaluations.repo.ts';

export type EvaluationRequest = {
  artifactKey: string;
  signature: Signature;
  datasetVersionId: string;
  split: string;
  runId?: string;
  modelVersionId?: string;
  signal?: AbortSignal;
};
export type Evaluated = { id: string; datasetVersionId: string; split: string; createdAt: Date; summary: EvaluationSummary };

const answerSchema = z.object({ row: z.number(), truth: z.string(), label: z.string(), confidence: z.number().nullable() });
/** What a graph said of one row. */
export type Answer = z.infer<typeof answerSchema>;

/** Few rows at a time: a batch is as wide as its longest text. */
const BATCH_ROWS = 32;

/**
 * The figures of a graph on one part of a dataset version, by running it in ONNX Runtime on every row that has a label.
 * What was computed once is found again: the same graph on the same rows gives the same figures.
 * @throws DomainError INVALID when the part has no labelled rows, or its columns aren't what the graph takes
 */
export async function evaluateArtifact(scope: ProjectScope, request: EvaluationRequest): Promise<Evaluated> {
  const { artifactKey: graphKey, datasetVersionId, split } = request;
  const place = { graphKey, datasetVersionId, split };
  const known = await findEvaluationOf(db, scope, place);
  if (known) return toEvaluated(known);
  const { answers, summary } = await computeFigures(scope, request);
  const lines = answers.map((answer) => JSON.stringify(answer)).join('\n');
  const rows = await putObject(lines, { mediaType: 'application/x-ndjson' });
  return transaction(async (tx) => {
    const row = await insertEvaluation(tx, scope, {
      ...place,
      runId: request.runId ?? null,
      modelVersionId: request.modelVersionId ?? null,
      summary,
      rowsKey: rows.key,
    });
    await publish(tx, { projectId: scope.projectId, type: 'run.evaluation', id: request.runId ?? row.id });
    return toEvaluated(row);
  });
}

/** All evaluations of these graphs, oldest first. */
export async function findEvaluations(
  scope: ProjectScope,
  graphKeys: readonly string[],
): Promise<(Evaluated & { graphKey: string })[]> {
  const rows = await findEvaluationsOfGraphs(db, scope, graphKeys);
  return rows.map((row) => ({ ...toEvaluated(row), graphKey: row.graphKey }));
}

/** What a graph said of each row when it was evaluated, in the order of rows. @throws DomainError NOT_FOUND */
export async function readAnswers(scope: ProjectScope, evaluationId: string): Promise<Answer[]> {
  return answersOf(await requireEvaluation(scope, evaluationId));
}

/** The object that holds those answers, a line of JSON each: for queries over many. @throws DomainError NOT_FOUND */
export async function answersObject(scope: ProjectScope, evaluationId: string): Promise<string> {
  return (await requireEvaluation(scope, evaluationId)).rowsKey;
}

/**
 * Two evaluations of the same rows, paired: differences are b minus a.
 * @throws DomainError NOT_FOUND, INVALID when they are of other rows
 */
export async function compareEvaluations(scope: ProjectScope, aId: string, bId: string): Promise<PairedComparison> {
  const [a, b] = [await requireEvaluation(scope, aId), await requireEvaluation(scope, bId)];
  if (a.datasetVersionId !== b.datasetVersionId || a.split !== b.split) {
    throw new DomainError('INVALID', 'These two were evaluated on different rows, so they can’t be compared row by row.');
  }
  const [baseline, candidate] = [await answersOf(a), await answersOf(b)];
  return comparePaired({
    truth: baseline.map((answer) => answer.truth),
    baseline: baseline.map((answer) => answer.label),
    candidate: candidate.map((answer) => answer.label),
  });
}

async function computeFigures(
  scope: ProjectScope,
  request: EvaluationRequest,
): Promise<{ answers: Answer[]; summary: EvaluationSummary }> {
  const { classes } = request.signature;
  if (!classes) throw new DomainError('INVALID', 'This model names no classes, so its answers can’t be compared with labels.');
  const version = await getReadyVersion(scope, request.datasetVersionId);
  const label = version.columns.find((column) => column.kind === 'label')?.name;
  if (!label) throw new DomainError('INVALID', `${nameOf(version)} has no label column to judge by.`);
  const inputs = request.signature.inputs.map((input) => input.name);
  const missing = inputs.filter((name) => !version.columns.some((column) => column.name === name));
  if (missing.length > 0) {
    throw new DomainError('INVALID', `The model takes ${missing.join(', ')}, which ${nameOf(version)} doesn’t have.`);
  }
  const cuts = version.columns.filter(({ kind }) => kind === 'category' || kind === 'text' || kind === 'time');
  const names = [...new Set(['_row', label, ...inputs, ...cuts.map((column) => column.name)])];
  const { n, columns } = await readColumns(scope, version.id, { columns: names, split: request.split, requireLabel: true });
  if (n === 0) {
    throw new DomainError(
      'INVALID',
      `The part "${request.split}" of ${nameOf(version)} has no row with a label, so there is nothing to evaluate on.`,
    );
  }
  const scores = await scoreColumns({
    modelPath: await objectPath(request.artifactKey),
    signature: request.signature,
    columns,
    n,
    batchSize: BATCH_ROWS,
    ...(request.signal ? { signal: request.signal } : {}),
  });
  const truth = (columns[label] ?? []).map(String);
  const slices = cuts.map(({ name, kind }): SliceColumn => {
    const values = columns[name] ?? [];
    if (kind === 'text')
      return { kind: 'length', column: name, values: values.map((value) => lengthBand(value === null ? null : String(value))) };
    if (kind === 'time') return { kind: 'month', column: name, values: values.map(monthOf) };
    return { kind: 'category', column: name, values: values.map((value) => (value === null ? null : String(value))) };
  });
  const { labels, probabilities } = scores;
  const summary = evaluate({ truth, predicted: labels, probabilities, classes }, { slices });
  const answers = truth.map((own, i): Answer => {
    const k = classes.indexOf(labels[i] ?? '');
    return {
      row: Number(columns._row?.[i] ?? i),
      truth: own,
      label: labels[i] ?? '',
      confidence: k < 0 ? null : (probabilities[i * classes.length + k] ?? null),
    };
  });
  return { answers, summary };
}

async function answersOf(row: EvaluationRow): Promise<Answer[]> {
  const answers: Answer[] = [];
  const lines = createInterface({ input: await openObject(row.rowsKey), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) if (line !== '') answers.push(answerSchema.parse(JSON.parse(line)));
  return answers;
}

async function requireEvaluation(scope: ProjectScope, id: string): Promise<EvaluationRow> {
  const row = await findEvaluation(db, scope, id);
  if (!row) throw notFound('evaluation');
  return row;
}

function toEvaluated({ id, datasetVersionId, split, createdAt, summary }: EvaluationRow): Evaluated {
  return { id, datasetVersionId, split, createdAt, summary: evaluationSummarySchema.parse(summary) };
}

function nameOf(version: VersionDetail): string {
  return `${version.dataset} v${version.number}`;
}
