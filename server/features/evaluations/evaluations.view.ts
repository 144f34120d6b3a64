import type { SuiteRun } from '#prisma/generated/client/client.ts';
import { evidenceSectionSchema } from '#server/domain/evidence/section.schema.ts';
import { failedRowSchema, goldNameSchema } from '#server/domain/suite/sections.schema.ts';
import { headlineSchema, type SuiteRunDetail, type SuiteRunSummary, suiteProgressSchema } from './evaluations.schema.ts';

type Listed = Omit<SuiteRun, 'sections' | 'settings'>;

/** A run for lists. `numbers` are those of versions by id; a version that is gone shows as 0. */
export function toRunSummary(row: Listed, numbers: ReadonlyMap<string, number>): SuiteRunSummary {
  const { id, status, reason, error, requestId, requestedByName, requestedAt, startedAt, endedAt } = row;
  const gold = goldNameSchema.array().catch([]).parse(row.gold);
  return {
    ...{ id, status, reason, gold, error, requestId, requestedByName, requestedAt, startedAt, endedAt },
    version: { id: row.modelVersionId, number: numbers.get(row.modelVersionId) ?? 0 },
    incumbent: row.incumbentId ? { id: row.incumbentId, number: numbers.get(row.incumbentId) ?? 0 } : null,
    headline: headlineSchema.catch([]).parse(row.headline),
    progress: suiteProgressSchema.nullable().catch(null).parse(row.progress),
  };
}

/** A run with its sections. */
export function toRunDetail(
  row: SuiteRun,
  numbers: ReadonlyMap<string, number>,
  model: string,
): Omit<SuiteRunDetail, 'settings' | 'may'> {
  return {
    ...toRunSummary(row, numbers),
    model,
    suiteVersion: row.suiteVersion,
    seed: row.seed,
    goldHash: row.goldHash,
    failedRow: row.failedRow === null ? null : failedRowSchema.parse(row.failedRow),
    sections: evidenceSectionSchema.array().parse(row.sections ?? []),
    at: row.status === 'done' ? row.endedAt : null,
  };
}
