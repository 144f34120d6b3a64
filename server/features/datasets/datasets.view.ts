import type { DatasetDetail, DatasetRecord, DatasetRow } from './datasets.schema.ts';
import type { VersionSummary } from './versions.schema.ts';

/** What a list shows of a dataset. */
export function datasetRow(record: DatasetRecord, latest: VersionSummary | null): DatasetRow {
  return {
    id: record.id,
    name: record.name,
    description: record.description,
    createdAt: record.createdAt,
    archivedAt: record.archivedAt,
    versionCount: record._count.versions,
    latest,
  };
}

/** A dataset with all its versions, the newest first. */
export function datasetDetail(record: DatasetRecord, versions: VersionSummary[]): DatasetDetail {
  return { ...datasetRow(record, versions[0] ?? null), versions };
}
