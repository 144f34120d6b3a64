import type { ProjectScope } from '#server/auth/actor.ts';
import { systemScope } from '#server/auth/actor.ts';
import { db } from '#server/platform/db/client.ts';
import { withoutJob } from '#server/platform/queue/queue.ts';
import { findProjectNames } from './projects.repo.ts';

/**
 * Of things that a job works on, those whose job is gone, each with the system's scope in its project.
 * @param field the field of the job's payload that names the thing
 */
export async function abandoned<T extends { id: string; projectId: string }>(
  job: { name: string },
  field: string,
  rows: readonly T[],
): Promise<{ scope: ProjectScope; row: T }[]> {
  const gone = new Set(
    await withoutJob(
      job,
      field,
      rows.map((row) => row.id),
    ),
  );
  if (gone.size === 0) return [];
  const found = rows.filter((row) => gone.has(row.id));
  const names = await findProjectNames(
    db,
    found.map((row) => row.projectId),
  );
  return found.map((row) => ({ scope: systemScope({ id: row.projectId, name: names.get(row.projectId) ?? '' }), row }));
}
