import type { ProjectScope } from '#server/auth/actor.ts';
import type { Fact } from '#server/domain/evidence/section.schema.ts';
import { joinPath, splitPath } from '#server/domain/query/path.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { replaceFigures } from './figures.repo.ts';

/**
 * Makes a version searchable by the facts of its last suite run: called in the transaction that finishes the run.
 * @param facts of all sections; those without a figure are left out
 */
export async function recordFacts(tx: Tx, scope: ProjectScope, versionId: string, facts: readonly Fact[]): Promise<void> {
  const figures = facts.flatMap(({ path, estimate, lower, upper }) => {
    const key = joinPath(splitPath(path) ?? [path]);
    const ends = [
      { path: key, value: estimate, text: null },
      { path: `${key}.lower`, value: lower, text: null },
      { path: `${key}.upper`, value: upper, text: null },
    ];
    return ends.filter((one) => one.value !== null);
  });
  await replaceFigures(tx, scope, { versionId, kind: 'fact', figures });
}
