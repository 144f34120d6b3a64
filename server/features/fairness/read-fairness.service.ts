import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { groupRows } from '#server/domain/fairness/groups.ts';
import { DEFAULT_MINIMUM } from '#server/domain/fairness/policy.schema.ts';
import { signatureSchema } from '#server/domain/signature.ts';
import { DomainError, isDomainError } from '#server/errors.ts';
import type { LoadedGold } from '#server/features/evaluations/gold-rows.service.ts';
import { latestSuiteRun } from '#server/features/evaluations/suite-runs.service.ts';
import { listModelsWithVersions, requireModel } from '#server/features/models/registry.service.ts';
import { db } from '#server/platform/db/client.ts';
import { type ColumnFairness, type exploreInput, fairnessDataSchema, type GetFairnessOutput } from './fairness.schema.ts';
import { assessColumn } from './fairness.service.ts';
import { contextOfVersion, goldOfVersion } from './gold-of-version.service.ts';
import { findPolicies } from './policies.repo.ts';
import { toPolicy } from './policies.view.ts';
import { otherColumns } from './section-columns.ts';

const VERSIONS_LOOKED_AT = 8;

/** A model's policy with all its earlier states, its newest figures, and the columns that a rule may name. */
export async function getFairness(scope: ProjectScope, name: string): Promise<GetFairnessOutput> {
  const model = await requireModel(db, scope, name);
  const history = (await findPolicies(db, scope, model.id)).map(toPolicy);
  const versions = ((await listModelsWithVersions(scope)).find((one) => one.id === model.id)?.versions ?? []).filter(
    (version) => !version.deletedAt,
  );
  const columns = await columnsOf(scope, versions);
  return {
    model: name,
    current: history[0] ?? null,
    history,
    latest: await latestOf(scope, versions),
    columns: columns ?? [],
    hasData: columns !== null,
  };
}

type Versions = Awaited<ReturnType<typeof listModelsWithVersions>>[number]['versions'];

async function latestOf(scope: ProjectScope, versions: Versions): Promise<GetFairnessOutput['latest']> {
  for (const version of versions.slice(0, VERSIONS_LOOKED_AT)) {
    const run = await latestSuiteRun(scope, version.id, { status: 'done' });
    const section = run?.sections.find((one) => one.section === 'fairness');
    const data = fairnessDataSchema.safeParse(section?.data);
    if (run?.at && section && data.success) {
      return { number: version.number, runId: run.id, at: run.at, data: data.data, problems: section.problems };
    }
  }
  return null;
}

/** Columns of the rows that the newest version with data is judged on; null when there are none. */
async function columnsOf(scope: ProjectScope, versions: Versions): Promise<GetFairnessOutput['columns'] | null> {
  const version = versions.find((one) => one.datasetVersionId !== null);
  const gold = version && (await goldOrNull(scope, version));
  if (!version || !gold) return null;
  const inputs = new Set(signatureSchema.parse(version.signature).fields.map((field) => field.name));
  return otherColumns(gold.rows, [], gold.target).map((column) => {
    const kind = gold.rows.kinds[column] ?? 'category';
    const groups = groupRows(column, kind, gold.rows.columns[column] ?? []);
    return {
      name: column,
      kind,
      isInput: inputs.has(column),
      groups: groups.names.map((value, i) => ({
        value,
        rows: groups.sizes[i] ?? 0,
        share: (groups.sizes[i] ?? 0) / (gold.rows.n || 1),
      })),
    };
  });
}

async function goldOrNull(scope: ProjectScope, version: Versions[number]): Promise<LoadedGold | null> {
  try {
    return await goldOfVersion(scope, version);
  } catch (error) {
    if (isDomainError(error)) return null;
    throw error;
  }
}

/** One column, or two crossed, of a version right now, with no policy needed. @throws INVALID for a column that isn't there */
export async function exploreFairness(scope: ProjectScope, input: z.infer<typeof exploreInput>): Promise<ColumnFairness> {
  const ctx = await contextOfVersion(scope, input.model, input.number);
  const found = await assessColumn(ctx, input.columns, { minimum: input.minimum ?? DEFAULT_MINIMUM, population: null });
  if (!found) {
    throw new DomainError(
      'INVALID',
      `The rows have no column ${input.columns.join(' and ')}. They have ${Object.keys(ctx.gold.columns).join(', ')}.`,
    );
  }
  return found;
}
