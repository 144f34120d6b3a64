import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Stage } from '#server/domain/stages.schema.ts';
import { problemsOf, stagesRevision } from '#server/domain/stages.ts';
import { DomainError } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { db, type Tx, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { mayRemoveStage, mayWriteStages } from './stage-settings.policy.ts';
import { countInStages, findStages, lockStages, replaceStages } from './stages.repo.ts';
import type { StagesView, saveStagesInput } from './stages.schema.ts';

const NONE = { versions: 0, requests: 0 };

/** The stages with what stands in each, for the one who defines them. */
export async function describeStages(scope: ProjectScope): Promise<StagesView> {
  const [stages, counts] = await Promise.all([findStages(db, scope), countInStages(db, scope)]);
  return {
    revision: stagesRevision(stages),
    stages: stages.map((stage) => {
      const inside = counts.get(stage.name) ?? NONE;
      return { ...stage, ...inside, remove: mayRemoveStage(stage, inside) };
    }),
    may: { write: mayWriteStages(scope) },
  };
}

/**
 * Saves the whole list of stages: titles, order, new ones, removed ones.
 * @throws INVALID (no start, no end, nothing that serves), CONFLICT (somebody saved meanwhile; versions stand in a stage
 * that would go or mean something else)
 */
export async function saveStages(scope: ProjectScope, input: z.infer<typeof saveStagesInput>): Promise<{ revision: string }> {
  const may = mayWriteStages(scope);
  if (!may.ok) throw new DomainError('FORBIDDEN', may.why);
  const next: Stage[] = input.stages.map((stage, place) => ({ ...stage, place }));
  const [problem] = problemsOf(next);
  if (problem) throw new DomainError('INVALID', problem);
  return transaction(async (tx) => {
    await lockStages(tx, scope);
    const before = await findStages(tx, scope);
    if (stagesRevision(before) !== input.revision)
      throw new DomainError('CONFLICT', 'Somebody changed the stages since you opened them. Look at them again, then save.');
    await assertFree(tx, scope, before, next);
    await replaceStages(tx, scope, next);
    await recordAudit(tx, scope, {
      action: 'stages.changed',
      target: { type: 'project', id: scope.projectId, name: scope.projectName },
      details: { from: before, to: next },
    });
    await publish(tx, { projectId: scope.projectId, type: 'project.changed', id: scope.projectId });
    return { revision: stagesRevision(next) };
  });
}

/** The database refuses to remove a stage that a version stands in, too; here it is said in words. */
async function assertFree(tx: Tx, scope: ProjectScope, before: readonly Stage[], next: readonly Stage[]): Promise<void> {
  const counts = await countInStages(tx, scope);
  for (const stage of before) {
    const now = next.find((one) => one.name === stage.name);
    if (now && now.role === stage.role) continue;
    const may = mayRemoveStage(stage, counts.get(stage.name) ?? NONE);
    if (!may.ok) throw new DomainError('CONFLICT', may.why);
  }
}
