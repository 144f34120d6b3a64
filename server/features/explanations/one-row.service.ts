import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { signatureSchema } from '#server/domain/signature.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordRead } from '#server/features/audit/reads.service.ts';
import { readColumns } from '#server/features/datasets/rows.service.ts';
import { requireVersion } from '#server/features/models/registry.service.ts';
import { getPrediction } from '#server/features/predictions/search.service.ts';
import { scoreColumns } from '#server/inference/client.ts';
import { db } from '#server/platform/db/client.ts';
import { objectPath } from '#server/platform/storage/objects.ts';
import { openGraph, type Row } from './background.service.ts';
import { ONE_ROW } from './black-box.ts';
import type {
  Cell,
  Counterfactual,
  explainInputInput,
  explainPredictionInput,
  explainRowInput,
  RowExplanation,
} from './explanations.schema.ts';
import { directionsOf } from './settings.service.ts';
import { findValueCounterfactual } from './value-counterfactual.ts';
import { explainValues, pick, type RowValues, type Score } from './values.service.ts';
import { findWordCounterfactual } from './word-counterfactual.ts';

type Options = Pick<z.infer<typeof explainInputInput>, 'class' | 'method' | 'counterfactual'>;

/** Why a version answers a given input as it does. @throws INVALID for fields that it doesn't have */
export async function explainInput(scope: ProjectScope, input: z.infer<typeof explainInputInput>): Promise<RowExplanation> {
  return explain(scope, input, input.instance, input);
}

/** Why a version answers a row of a dataset version as it does. @throws NOT_FOUND */
export async function explainRow(scope: ProjectScope, input: z.infer<typeof explainRowInput>): Promise<RowExplanation> {
  const version = await requireVersion(db, scope, input.model, input.number);
  const names = signatureSchema.parse(version.signature).fields.map((field) => field.name);
  const { columns } = await readColumns(scope, input.datasetVersionId, { columns: ['_row', ...names] });
  const at = (columns._row ?? []).findIndex((row) => Number(row) === input.row);
  if (at < 0) throw notFound(`row ${input.row}`);
  await recordRead(scope, {
    what: 'dataset.rows',
    target: { type: 'dataset_version', id: input.datasetVersionId, name: `row ${input.row}` },
  });
  return explain(scope, input, Object.fromEntries(names.map((name) => [name, columns[name]?.[at] ?? null])), input);
}

/** Why a logged prediction was answered as it was, by the version that did. @throws NOT_FOUND, INVALID for one that failed */
export async function explainPrediction(
  scope: ProjectScope,
  input: z.infer<typeof explainPredictionInput>,
): Promise<RowExplanation> {
  const prediction = await getPrediction(scope, input.id);
  if (prediction.errorCode !== null) throw new DomainError('INVALID', 'This request got no answer, so there is none to explain.');
  await recordRead(scope, { what: 'prediction', target: { type: 'prediction', id: prediction.id, name: prediction.requestId } });
  return explain(scope, { model: prediction.model, number: prediction.version }, prediction.input, input);
}

async function explain(
  scope: ProjectScope,
  ref: { model: string; number: number },
  instance: Readonly<Record<string, unknown>>,
  options: Options,
): Promise<RowExplanation> {
  const version = await requireVersion(db, scope, ref.model, ref.number);
  const signature = signatureSchema.parse(version.signature);
  const unknown = Object.keys(instance).filter((name) => !signature.fields.some((field) => field.name === name));
  if (unknown.length > 0) {
    throw new DomainError(
      'INVALID',
      `${ref.model} v${ref.number} has no field ${unknown.join(', ')}. It takes ${signature.fields.map((field) => field.name).join(', ')}.`,
    );
  }
  const row: Row = Object.fromEntries(signature.fields.map(({ name, kind }) => [name, cellOf(name, kind, instance[name])]));
  const modelPath = await objectPath(version.graphKey);
  const score: Score = async (columns, n) => {
    const { labels, probabilities, values } = await scoreColumns({ modelPath, signature, columns, n });
    return { labels, scores: probabilities, ...(values ? { values } : {}) };
  };
  const graph = await openGraph(scope, {
    graphKey: version.graphKey,
    modelPath,
    signature,
    datasetVersionId: version.datasetVersionId,
  });
  const answer = await score(asColumns([row]), 1);
  const classes = signature.classes ?? [];
  const label = classes.length > 0 ? (answer.labels[0] ?? null) : null;
  const k = classes.length === 0 ? 0 : classes.indexOf(options.class ?? label ?? '');
  if (k < 0)
    throw new DomainError(
      'INVALID',
      `${ref.model} v${ref.number} has no class ${options.class ?? label}. It has ${classes.join(', ')}.`,
    );
  const probabilities = pick(answer, classes.length, k, 1);
  if (Number.isNaN(probabilities[0] ?? Number.NaN)) {
    throw new DomainError(
      'UNSUPPORTED',
      'This graph gives a class without probabilities, so there is nothing that parts of the input could add up to.',
    );
  }
  const values = await explainValues(graph, {
    signature,
    row,
    k,
    answered: probabilities[0] ?? 0,
    method: options.method,
    effort: ONE_ROW,
    score,
    seed: 1,
  });
  const known = classes.length > 0 && label !== null;
  return {
    model: ref.model,
    number: ref.number,
    label,
    probability: known ? (answer.scores[classes.indexOf(label)] ?? null) : null,
    class: classes[k] ?? null,
    ...values,
    background: { rows: graph.background.rows.length, of: graph.background.of },
    counterfactual:
      options.counterfactual && known
        ? await findCounterfactual(scope, {
            modelId: version.modelId,
            row,
            label,
            sign: classes[k] === label ? 1 : -1,
            values,
            others: graph.background.rows,
            score,
          })
        : null,
  };
}

/** Fewest words of a text, that which weighs most first; else the nearest permitted values of the other fields. */
async function findCounterfactual(
  scope: ProjectScope,
  o: { modelId: string; row: Row; label: string; sign: number; values: RowValues; others: Row[]; score: Score },
): Promise<Counterfactual> {
  const ask = async (columns: Record<string, Cell[]>, n: number) => (await o.score(columns, n)).labels;
  const texts = o.values.fields.filter((field) => field.words !== null && field.words.length > 0);
  let none: Counterfactual | null = null;
  for (const text of texts.sort((a, b) => sizeOf(b.words) - sizeOf(a.words))) {
    const words = (text.words ?? []).map((word) => ({ ...word, contribution: word.contribution * o.sign }));
    const found = await findWordCounterfactual({ row: o.row, label: o.label, field: { ...text, words }, ask });
    if (found.kind !== 'none') return found;
    none ??= found;
  }
  if (none && o.values.fields.every((field) => field.kind === 'text')) return none;
  const directions = await directionsOf(scope, o.modelId);
  const fields = o.values.fields
    .filter((field) => field.kind !== 'text')
    .map(({ name }) => ({ name, direction: directions.get(name) ?? ('any' as const) }));
  return findValueCounterfactual({ row: o.row, label: o.label, fields, others: o.others, ask });
}

function sizeOf(words: { contribution: number }[] | null): number {
  return (words ?? []).reduce((sum, word) => sum + Math.abs(word.contribution), 0);
}

/** One input as columns of a single row each. */
export function asColumns(rows: readonly Row[]): Record<string, Cell[]> {
  return Object.fromEntries(Object.keys(rows[0] ?? {}).map((name) => [name, rows.map((row) => row[name] ?? null)]));
}

function cellOf(name: string, kind: string, value: unknown): Cell {
  if (value === null || value === undefined || value === '') return kind === 'text' ? '' : null;
  if (kind !== 'number') return typeof value === 'object' ? JSON.stringify(value) : String(value);
  const number = Number(value);
  if (Number.isNaN(number)) throw new DomainError('INVALID', `${name} takes a number; "${String(value).slice(0, 40)}" is none.`);
  return number;
}
