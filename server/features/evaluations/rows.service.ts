import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { recordRead } from '#server/features/audit/reads.service.ts';
import { readColumns } from '#server/features/datasets/rows.service.ts';
import { getReadyVersion } from '#server/features/datasets/versions.service.ts';
import { createLabelingProjectFromKeys } from '#server/features/labeling/labeling.service.ts';
import { listModelsWithVersions } from '#server/features/models/registry.service.ts';
import { scoreColumns } from '#server/inference/client.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { objectPath } from '#server/platform/storage/objects.ts';
import { countTags, deleteTags, findTaggedRows, findTagsOfRows, insertTags } from './row-tags.repo.ts';
import { mayActOnRows } from './rows.policy.ts';
import { selectFacets, selectKeys, selectRowNumbers, selectRowsPage } from './rows.repo.ts';
import {
  type ListRowsInput,
  type labelRowsInput,
  type labelRowsOutput,
  MOST_NUMBERS,
  type OpenRow,
  type openRowInput,
  type RowFacets,
  type RowsFilter,
  type RowsPage,
  type RowsPlace,
  type rowNumbersInput,
  type rowNumbersOutput,
  type tagRowsInput,
  type tagRowsOutput,
} from './rows.schema.ts';
import { shownColumns, toExplorerRow, toLabels } from './rows.view.ts';
import { openPlace, type Place, type PlaceSide } from './rows-place.service.ts';

const MOST_VALUES = 50;

/** One page of the rows that differ or are wrong, with how many there are of each kind. @throws DomainError NOT_FOUND, INVALID */
export async function listRows(scope: ProjectScope, input: ListRowsInput): Promise<RowsPage> {
  const place = await openPlace(scope, input);
  const tagged = await checkedFilter(scope, place, input.filter);
  const shown = shownColumns(place.data.columns);
  const { rows, counts } = await selectRowsPage(place.files, { ...input, offset: input.cursor, tagged, shown });
  const tags = await findTagsOfRows(
    db,
    scope,
    place.on.datasetVersionId,
    rows.map((row) => row.row),
  );
  const tagsOf = Map.groupBy(tags, (tag) => tag.row);
  await recordRead(scope, {
    what: 'evaluation.rows',
    target: { type: 'dataset_version', id: place.on.datasetVersionId, name: `${place.on.dataset} v${place.on.number}` },
  });
  return {
    on: place.on,
    candidate: place.candidate.number,
    incumbent: place.incumbent?.number ?? null,
    counts,
    matching: counts[input.filter.show],
    rows: rows.map((row) => toExplorerRow(row, shown, tagsOf.get(row.row)?.map((tag) => tag.tag) ?? [])),
  };
}

/** What there is to filter by, and what the reader may do with rows. @throws DomainError NOT_FOUND, INVALID */
export async function listRowFacets(scope: ProjectScope, input: RowsPlace): Promise<RowFacets> {
  const place = await openPlace(scope, input);
  const columns = place.data.columns.filter((column) => column.kind === 'category').map((column) => column.name);
  const { cells, values } = await selectFacets(place.files, { columns, most: MOST_VALUES });
  const known = place.candidate.signature.classes ?? [];
  const classes = [...new Set([...known, ...cells.flatMap((cell) => [cell.truth, cell.said])])];
  const models = await listModelsWithVersions(scope);
  return {
    parts: place.parts,
    classes,
    columns: columns.map((name) => ({
      name,
      values: values.flatMap(({ column, value, rows, wrong }) => (column === name ? [{ value, rows, wrong }] : [])),
    })),
    confusion: classes.map((truth) =>
      classes.map((said) => cells.find((cell) => cell.truth === truth && cell.said === said)?.rows ?? 0),
    ),
    tags: await countTags(db, scope, place.on.datasetVersionId),
    versions: (models.find((model) => model.name === input.model)?.versions ?? []).map(({ number, stage }) => ({
      number,
      stage,
    })),
    may: mayActOnRows(scope.scopes),
  };
}

/** Numbers of all rows that match, to act on them at once. @throws DomainError NOT_FOUND, INVALID */
export async function listRowNumbers(
  scope: ProjectScope,
  input: z.infer<typeof rowNumbersInput>,
): Promise<z.infer<typeof rowNumbersOutput>> {
  const place = await openPlace(scope, input);
  const tagged = await checkedFilter(scope, place, input.filter);
  const rows = await selectRowNumbers(place.files, { filter: input.filter, tagged, limit: MOST_NUMBERS });
  return { rows, matching: rows.length };
}

/** One row whole: its fields, and what both versions say of it now, with all probabilities. @throws DomainError NOT_FOUND, INVALID */
export async function openRow(scope: ProjectScope, input: z.infer<typeof openRowInput>): Promise<OpenRow> {
  const place = await openPlace(scope, input);
  const { columns } = place.data;
  const { n, columns: cells } = await readColumns(scope, place.on.datasetVersionId, {
    columns: columns.map((column) => column.name),
    filter: [{ op: 'range', column: '_row', from: String(input.row), to: String(input.row), closed: true, of: 'value' }],
  });
  if (n === 0) throw notFound(`row ${input.row} in ${place.on.dataset} v${place.on.number}`);
  const inputs = new Set(place.candidate.signature.fields.map((field) => field.name));
  const label = columns.find((column) => column.kind === 'label')?.name;
  const sides = [...(place.incumbent ? [place.incumbent] : []), place.candidate];
  const truth = label ? (cells[label]?.[0] ?? null) : null;
  return {
    row: input.row,
    on: place.on,
    truth: truth === null ? null : String(truth),
    fields: columns.map(({ name, kind }) => ({ name, kind, value: cells[name]?.[0] ?? null, input: inputs.has(name) })),
    answers: await Promise.all(sides.map((side) => answerOf(side, cells))),
    tags: (await findTagsOfRows(db, scope, place.on.datasetVersionId, [input.row])).map(({ tag, createdByName }) => ({
      tag,
      by: createdByName,
    })),
  };
}

/** Puts a word on rows, or takes it away; it stays with the dataset version, for the whole project. @throws DomainError NOT_FOUND */
export async function tagRows(scope: ProjectScope, input: z.infer<typeof tagRowsInput>): Promise<z.infer<typeof tagRowsOutput>> {
  const version = await getReadyVersion(scope, input.datasetVersionId);
  const last = (version.rowCount ?? 0) - 1;
  const stranger = input.rows.find((row) => row > last);
  if (stranger !== undefined) throw notFound(`row ${stranger} in ${version.dataset} v${version.number}`);
  return transaction(async (tx) => {
    const changed = await (input.on ? insertTags : deleteTags)(tx, scope, input);
    if (changed > 0) {
      await recordAudit(tx, scope, {
        action: input.on ? 'dataset.rows.tagged' : 'dataset.rows.untagged',
        target: { type: 'dataset_version', id: version.id, name: `${version.dataset} v${version.number}` },
        details: { tag: input.tag, rows: input.rows.slice(0, 100), changed },
      });
      await publish(tx, { projectId: scope.projectId, type: 'dataset.tags', id: version.id });
    }
    return { changed };
  });
}

/**
 * Makes a labeling project over chosen rows, with the model's classes as labels. The version's key column names the
 * rows, so that the answers fit later versions too.
 * @throws DomainError NOT_FOUND, INVALID, CONFLICT for a name that is taken
 */
export async function labelRows(
  scope: ProjectScope,
  input: z.infer<typeof labelRowsInput>,
): Promise<z.infer<typeof labelRowsOutput>> {
  const place = await openPlace(scope, input);
  const labels = toLabels(place.candidate.signature.classes ?? []);
  if (labels.length < 2)
    throw new DomainError('INVALID', 'This model names fewer than two classes, so there is nothing to choose between.');
  const keyColumn = place.data.columns.find((column) => column.kind === 'key')?.name ?? '_row';
  const rowKeys =
    keyColumn === '_row' ? input.rows.map(String) : await selectKeys(place.files.data, { column: keyColumn, rows: input.rows });
  const columns = place.data.columns
    .filter(({ kind }) => kind !== 'label' && kind !== 'ignore' && kind !== 'key')
    .map((column) => column.name);
  const made = await transaction((tx) =>
    createLabelingProjectFromKeys(tx, scope, {
      name: input.name,
      question: input.question,
      guideline: '',
      labels,
      datasetVersionId: place.on.datasetVersionId,
      columns: columns.slice(0, 30),
      keyColumn,
      rowKeys,
      leaseSeconds: 300,
    }),
  );
  return { name: made.name, rows: rowKeys.length };
}

/** Rows with the filter's tag, or null without one. @throws DomainError INVALID for a column that isn't there */
async function checkedFilter(scope: ProjectScope, place: Place, filter: RowsFilter): Promise<number[] | null> {
  const { columns } = place.data;
  if (filter.column !== undefined && !columns.some((column) => column.name === filter.column)) {
    const known = columns.map((column) => column.name).join(', ');
    throw new DomainError(
      'INVALID',
      `${place.on.dataset} v${place.on.number} has no column "${filter.column}". It has ${known}.`,
    );
  }
  return filter.tag === undefined ? null : findTaggedRows(db, scope, place.on.datasetVersionId, filter.tag);
}

async function answerOf(side: PlaceSide, cells: Record<string, (string | number | null)[]>): Promise<OpenRow['answers'][number]> {
  const { labels, probabilities } = await scoreColumns({
    modelPath: await objectPath(side.graphKey),
    signature: side.signature,
    columns: cells,
    n: 1,
  });
  const classes = side.signature.classes ?? [];
  const shares = classes.map((label, index) => ({ label, probability: probabilities[index] ?? 0 }));
  return { version: side.number, label: labels[0] ?? '', probabilities: shares.sort((a, b) => b.probability - a.probability) };
}
