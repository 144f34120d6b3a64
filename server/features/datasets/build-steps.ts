import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError } from '#server/errors.ts';
import { db } from '#server/platform/db/client.ts';
import { objectPath } from '#server/platform/storage/objects.ts';
import type { Column } from './columns.schema.ts';
import { columnSchema } from './columns.schema.ts';
import { assertReady, assertSplitFits } from './datasets.policy.ts';
import { appendRows, applyLabels, resplit } from './derive-version.repo.ts';
import { importMails, importTable } from './import-rows.repo.ts';
import { writeMailRows } from './mail-rows.ts';
import type { Made } from './profile.schema.ts';
import { parquetColumns } from './read-source.repo.ts';
import type { LineageLink, RecipeOf, Split } from './recipe.schema.ts';
import { lineageLinkSchema, recipeSchema } from './recipe.schema.ts';
import { openLabels, openTable } from './table-file.ts';
import { findVersion } from './versions.repo.ts';
import type { VersionRecord } from './versions.schema.ts';
import { splitResultSchema } from './versions.schema.ts';

/** Tells how far the build is; throws when it should end. */
export type Report = (share: number, doing: string) => Promise<void>;

type Step = { scope: ProjectScope; record: VersionRecord; folder: string; signal: AbortSignal; report: Report };
export type Files = { columns: Column[]; rule: Split; made: Made; hasRejects: boolean };

/** Makes the data file of a version in the build's folder, by its recipe. Rejects lie in the connection's `rejected`. */
export async function makeFiles(c: DuckDBConnection, step: Step): Promise<Files> {
  const recipe = recipeSchema.parse(step.record.recipe);
  if (recipe.kind === 'import') return recipe.format === 'mail' ? mails(c, step, recipe) : table(c, step, recipe);
  const parent = await openParent(step.scope, recipe.parentId);
  if (recipe.kind === 'split') {
    assertSplitFits(recipe.split, parent.columns);
    await step.report(0.1, 'dividing rows');
    await resplit(c, { parent: parent.path, split: recipe.split, folder: step.folder });
    return { columns: parent.columns, rule: recipe.split, made: { counts: {}, notes: [] }, hasRejects: false };
  }
  return recipe.kind === 'labels' ? labels(c, step, recipe, parent) : append(c, step, recipe, parent);
}

async function mails(c: DuckDBConnection, step: Step, recipe: RecipeOf<'import'>): Promise<Files> {
  const archive = await objectPath(sourceKey(step.record));
  const { size } = await stat(archive);
  const files = { mails: join(step.folder, 'mails.jsonl'), rejects: join(step.folder, 'rejects.jsonl') };
  let trouble: unknown;
  const read = (bytes: number, count: number) => {
    step.report((0.65 * bytes) / size, `reading mails: ${count.toLocaleString('en')} so far`).catch((error: unknown) => {
      trouble = error;
      stop.abort(error);
    });
  };
  const stop = new AbortController();
  const signal = AbortSignal.any([step.signal, stop.signal]);
  const written = await writeMailRows(archive, files, { signal, read }).catch((error: unknown) => {
    throw trouble ?? error;
  });
  await step.report(0.7, 'ordering mails by delivery');
  const columns = await importMails(c, { ...files, split: recipe.split, folder: step.folder });
  return { columns, rule: recipe.split, made: { counts: { imported: written.mails }, notes: written.notes }, hasRejects: true };
}

async function table(c: DuckDBConnection, step: Step, recipe: RecipeOf<'import'>): Promise<Files> {
  await step.report(0.05, 'reading the file');
  const opened = await openTable(await objectPath(sourceKey(step.record)), {
    folder: step.folder,
    format: recipe.format,
    options: recipe.options ?? {},
  });
  const names = opened.file.format === 'parquet' ? await parquetColumns(c, opened.file.path) : opened.names;
  if (names)
    assertNames(
      recipe.columns.map((column) => column.source ?? column.name),
      names,
    );
  await step.report(0.2, 'checking cells');
  const columns = await importTable(c, {
    file: opened.file,
    names: names ?? [],
    columns: recipe.columns,
    split: recipe.split,
    folder: step.folder,
  });
  return { columns, rule: recipe.split, made: { counts: {}, notes: opened.notes }, hasRejects: true };
}

function assertNames(wanted: readonly string[], there: readonly string[]): void {
  const missing = wanted.filter((name) => !there.includes(name));
  if (missing.length === 0) return;
  throw new DomainError('INVALID', `The file has no column ${missing.join(', ')}. It has ${there.join(', ')}.`);
}

type Parent = { path: string; columns: Column[]; rule: Split };

async function openParent(scope: ProjectScope, id: string): Promise<Parent> {
  const record = await findVersion(db, scope, id);
  if (!record?.dataKey) throw new DomainError('NOT_FOUND', 'The version that this one is made from is not there.');
  assertReady({ number: record.number, status: record.status, dataset: record.dataset.name });
  const split = splitResultSchema.nullable().parse(record.split);
  return {
    path: await objectPath(record.dataKey),
    columns: z.array(columnSchema).parse(record.columns),
    rule: split?.rule ?? { kind: 'none' },
  };
}

async function labels(c: DuckDBConnection, step: Step, recipe: RecipeOf<'labels'>, parent: Parent): Promise<Files> {
  await step.report(0.1, 'reading labels');
  const label = parent.columns.find((column) => column.kind === 'label')?.name;
  const given = await openLabels(await objectPath(sourceKey(step.record)), {
    folder: step.folder,
    keyColumn: recipe.keyColumn,
    labelColumn: label,
  });
  await step.report(0.3, 'matching labels with rows');
  const done = await applyLabels(c, {
    parent: parent.path,
    columns: parent.columns,
    keyColumn: recipe.keyColumn,
    labels: given.file,
    defaultSource: defaultSource(step.record),
    mode: recipe.mode,
    folder: step.folder,
  });
  return { columns: done.columns, rule: parent.rule, made: { counts: done.counts, notes: given.notes }, hasRejects: true };
}

async function append(c: DuckDBConnection, step: Step, recipe: RecipeOf<'append'>, parent: Parent): Promise<Files> {
  await step.report(0.1, 'reading rows');
  const path = await objectPath(sourceKey(step.record));
  const counts = await appendRows(c, {
    parent: parent.path,
    columns: parent.columns,
    file: { path, format: 'jsonl' },
    into: recipe.into,
    defaultSource: defaultSource(step.record),
    folder: step.folder,
  });
  return { columns: parent.columns, rule: parent.rule, made: { counts, notes: [] }, hasRejects: true };
}

/** Where labels without a source of their own come from, by the lineage. */
function defaultSource(record: VersionRecord): string {
  const links: LineageLink[] = z.array(lineageLinkSchema).parse(record.lineage);
  const labeling = links.find((link) => link.type === 'labeling_project');
  if (labeling) return `labeling:${labeling.name}`;
  const deployment = links.find((link) => link.type === 'deployment');
  return deployment ? `outcome:${deployment.name}` : 'import';
}

function sourceKey(record: VersionRecord): string {
  if (record.sourceKey) return record.sourceKey;
  throw new DomainError('NOT_FOUND', 'The file that this version is made from is not there.');
}
