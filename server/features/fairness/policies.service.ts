import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { DEFINITION_WORDS } from '#server/domain/fairness/definitions.ts';
import { subjectOf } from '#server/domain/fairness/policy.schema.ts';
import { DomainError } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { holdModel } from '#server/features/models/registry.service.ts';
import { transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import type { savePolicyInput } from './fairness.schema.ts';
import { findCurrentPolicy, insertPolicy } from './policies.repo.ts';

/**
 * Puts a new state of the policy beside the earlier ones.
 * @throws CONFLICT when somebody changed it in between, INVALID for two rules of the same column and definition
 */
export async function savePolicy(scope: ProjectScope, input: z.infer<typeof savePolicyInput>): Promise<{ number: number }> {
  const keys = input.rules.rules.map((rule) => `${DEFINITION_WORDS[rule.definition].title} by ${subjectOf(rule.columns)}`);
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice) throw new DomainError('INVALID', `${twice} stands there twice. Keep one of the two.`);
  const crossed = input.rules.rules.find(({ columns }) => new Set(columns).size !== columns.length);
  if (crossed) throw new DomainError('INVALID', `A column can’t be crossed with itself: ${crossed.columns[0]}.`);
  return transaction(async (tx) => {
    const model = await holdModel(tx, scope, input.model);
    const current = await findCurrentPolicy(tx, scope, model.id);
    const number = (current?.number ?? 0) + 1;
    if (number !== input.expectedNumber + 1) {
      throw new DomainError(
        'CONFLICT',
        `${current?.createdByName ?? 'Somebody'} changed the fairness policy of ${model.name} while you were at it. Open it again, and put your change into what stands there now.`,
        { number: current?.number ?? 0 },
      );
    }
    await insertPolicy(tx, scope, { modelId: model.id, number, rules: input.rules, reason: input.reason });
    await recordAudit(tx, scope, {
      action: 'model.fairness_policy.set',
      target: { type: 'model', id: model.id, name: model.name },
      reason: input.reason,
      details: { number, before: current?.rules ?? null, after: input.rules },
    });
    await publish(tx, { projectId: scope.projectId, type: 'fairness.policy', id: model.id });
    return { number };
  });
}
