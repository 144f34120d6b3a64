import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Direction } from '#server/domain/explain/counterfactual.ts';
import { signatureSchema } from '#server/domain/signature.ts';
import { DomainError } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { holdModel, listModelsWithVersions, requireModel } from '#server/features/models/registry.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { type getSettingsOutput, permittedSchema, type saveSettingsInput } from './explanations.schema.ts';
import { findSettings, writeSettings } from './settings.repo.ts';

/** What counterfactuals of a model may change, and the fields that its newest version takes. */
export async function getSettings(scope: ProjectScope, name: string): Promise<z.infer<typeof getSettingsOutput>> {
  const model = await requireModel(db, scope, name);
  const row = await findSettings(db, scope, model.id);
  const newest = (await listModelsWithVersions(scope)).find((one) => one.id === model.id)?.versions[0];
  return {
    version: row?.version ?? 0,
    permitted: row ? permittedSchema.parse(row.permitted) : [],
    fields: newest ? signatureSchema.parse(newest.signature).fields : [],
    by: row?.updatedByName ?? null,
    at: row?.updatedAt ?? null,
  };
}

/** The direction in which each field may change; a field that isn't named may change in any. */
export async function directionsOf(scope: ProjectScope, modelId: string): Promise<Map<string, Direction>> {
  const row = await findSettings(db, scope, modelId);
  return new Map((row ? permittedSchema.parse(row.permitted) : []).map(({ field, direction }) => [field, direction]));
}

/** @throws CONFLICT when somebody changed the settings in between, INVALID for a field that is named twice */
export async function saveSettings(scope: ProjectScope, input: z.infer<typeof saveSettingsInput>): Promise<{ version: number }> {
  const names = input.permitted.map((one) => one.field);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) throw new DomainError('INVALID', `${twice} is named twice. Keep one direction for it.`);
  return transaction(async (tx) => {
    const model = await holdModel(tx, scope, input.model);
    const before = await findSettings(tx, scope, model.id);
    if (!(await writeSettings(tx, scope, { modelId: model.id, ...input }))) {
      throw new DomainError(
        'CONFLICT',
        `${before?.updatedByName ?? 'Somebody'} changed what counterfactuals of ${model.name} may change while you were at it. Open it again.`,
      );
    }
    await recordAudit(tx, scope, {
      action: 'model.explanation_settings.set',
      target: { type: 'model', id: model.id, name: model.name },
      reason: input.reason,
      details: { before: before?.permitted ?? null, after: input.permitted },
    });
    await publish(tx, { projectId: scope.projectId, type: 'explanations.settings', id: model.id });
    return { version: input.expectedVersion + 1 };
  });
}
