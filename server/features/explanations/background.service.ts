import { readFile } from 'node:fs/promises';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Signature } from '#server/domain/signature.ts';
import { isDomainError } from '#server/errors.ts';
import { readColumns } from '#server/features/datasets/rows.service.ts';
import { getReadyVersion } from '#server/features/datasets/versions.service.ts';
import { readWhiteBox } from '#server/training/onnx/read-white-box.ts';
import type { WhiteBox } from '#server/training/onnx/white-box.ts';
import type { Cell } from './explanations.schema.ts';
import { type Explainer, makeExplainer } from './white-box-values.ts';

export type Row = Record<string, Cell>;
/** What a row is compared with, in words that stand on the screen. */
export type Background = { rows: Row[]; of: string };
export type OpenedGraph = { box: WhiteBox | null; explainer: Explainer | null; background: Background };

const MOST_ROWS = 400;
const KEPT = 6;
const opened = new Map<string, Promise<OpenedGraph>>();

/**
 * A version's graph, read from the inside where that is possible, with rows of its training part as background. What was read
 * last is kept: graphs and dataset versions never change.
 */
export function openGraph(
  scope: ProjectScope,
  o: { graphKey: string; modelPath: string; signature: Signature; datasetVersionId: string | null; fallback?: () => Background },
): Promise<OpenedGraph> {
  const key = `${scope.projectId} ${o.graphKey} ${o.datasetVersionId} ${o.fallback ? 'fallback' : ''}`;
  const known = opened.get(key);
  opened.delete(key);
  const found = known ?? open(scope, o);
  opened.set(key, found);
  found.catch(() => opened.delete(key));
  for (const old of opened.keys()) if (opened.size > KEPT) opened.delete(old);
  return found;
}

async function open(
  scope: ProjectScope,
  o: { modelPath: string; signature: Signature; datasetVersionId: string | null; fallback?: () => Background },
): Promise<OpenedGraph> {
  const box = readWhiteBox(await readFile(o.modelPath));
  const trained = o.datasetVersionId ? await readTraining(scope, o.datasetVersionId, o.signature) : null;
  const background = trained ?? o.fallback?.() ?? { rows: [], of: 'nothing: the version names no data that it learned from' };
  return { box, explainer: box && background.rows.length > 0 ? makeExplainer(box, background.rows) : null, background };
}

/** Rows of the part that the version learned from, evenly spread; null when they can't be read or lack a field. */
async function readTraining(scope: ProjectScope, versionId: string, signature: Signature): Promise<Background | null> {
  try {
    const version = await getReadyVersion(scope, versionId);
    const names = signature.fields.map((field) => field.name);
    if (names.some((name) => !version.columns.some((column) => column.name === name))) return null;
    const split = version.split?.parts.some((part) => part.name === 'train') ? 'train' : undefined;
    const { n, columns } = await readColumns(scope, versionId, { columns: names, ...(split ? { split } : {}) });
    const of = `${split ? 'training rows' : 'rows'} of ${version.dataset} v${version.number}`;
    return n === 0 ? null : { rows: thinRows(columns, names, n), of };
  } catch (error) {
    if (isDomainError(error)) return null;
    throw error;
  }
}

/** Some rows of whole columns, evenly spread, as objects. */
export function thinRows(
  columns: Readonly<Record<string, readonly Cell[]>>,
  names: readonly string[],
  n: number,
  most = MOST_ROWS,
): Row[] {
  const count = Math.min(n, most);
  return Array.from({ length: count }, (_, i) => {
    const at = Math.floor((i * n) / count);
    return Object.fromEntries(names.map((name) => [name, columns[name]?.[at] ?? null]));
  });
}
