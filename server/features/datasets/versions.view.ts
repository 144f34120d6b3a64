import { z } from 'zod';
import { columnSchema } from './columns.schema.ts';
import type { Profile } from './profile.schema.ts';
import { profileSchema } from './profile.schema.ts';
import type { LineageLink, Recipe } from './recipe.schema.ts';
import { lineageLinkSchema, recipeSchema } from './recipe.schema.ts';
import type { VersionDetail, VersionRecord, VersionSummary } from './versions.schema.ts';
import { progressSchema, splitResultSchema } from './versions.schema.ts';

type People = ReadonlyMap<string, string>;

/** What a list and the version strip show of a version. */
export function versionSummary(record: VersionRecord, people: People): VersionSummary {
  const recipe = recipeSchema.parse(record.recipe);
  const lineage = z.array(lineageLinkSchema).parse(record.lineage);
  const profile = record.profile === null ? null : profileSchema.parse(record.profile);
  return {
    id: record.id,
    number: record.number,
    status: record.status,
    note: record.note,
    difference: describeDifference(recipe, lineage, profile),
    rowCount: record.rowCount,
    quarantinedCount: record.quarantinedCount,
    bytes: record.data ? Number(record.data.size) : null,
    progress: record.progress === null ? null : progressSchema.parse(record.progress),
    error: record.error,
    createdBy: record.createdById ? (people.get(record.createdById) ?? null) : null,
    createdAt: record.createdAt,
    readyAt: record.readyAt,
  };
}

/** Everything about a version but its rows. */
export function versionDetail(record: VersionRecord, people: People): VersionDetail {
  return {
    ...versionSummary(record, people),
    datasetId: record.datasetId,
    dataset: record.dataset.name,
    recipe: recipeSchema.parse(record.recipe),
    lineage: z.array(lineageLinkSchema).parse(record.lineage),
    parent: record.parent ? { id: record.parent.id, number: record.parent.number, dataset: record.parent.dataset.name } : null,
    columns: z.array(columnSchema).parse(record.columns),
    profile: record.profile === null ? null : profileSchema.parse(record.profile),
    split: record.split === null ? null : splitResultSchema.parse(record.split),
    contentHash: record.contentHash,
    dataKey: record.dataKey,
    hasSource: record.sourceKey !== null,
  };
}

/** In a few words, what a version has that its parent hasn't. */
export function describeDifference(recipe: Recipe, lineage: readonly LineageLink[], profile: Profile | null): string {
  const counts = profile?.made.counts ?? {};
  const figure = (name: string) => (counts[name] ?? 0).toLocaleString('en');
  if (recipe.kind === 'import')
    return profile ? `${profile.rows.toLocaleString('en')} ${profile.rows === 1 ? 'row' : 'rows'} imported` : 'import of a file';
  if (recipe.kind === 'split')
    return recipe.split.kind === 'time'
      ? 'new split by time'
      : recipe.split.kind === 'random'
        ? 'new random split'
        : 'split taken away';
  if (recipe.kind === 'append')
    return profile ? `+${figure('added')} rows, ${figure('moved')} moved to train` : 'rows added to train';
  const hand = lineage.find((link) => link.type === 'labeling_project');
  const from = hand ? `by hand (${hand.name})` : 'imported';
  if (!profile) return `labels ${from}`;
  const changed = counts.changed ? `, ${figure('changed')} changed` : '';
  return `+${figure('filled')} labels ${from}${changed}`;
}
