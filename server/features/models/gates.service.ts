import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { GateResult, GateRule } from '#server/domain/gates.schema.ts';
import { gateRulesSchema } from '#server/domain/gates.schema.ts';
import { type GateFacts, gatesFor, gatesHash, judgeGates, nothingBlocks, usualGates } from '#server/domain/gates.ts';
import { parseExpression } from '#server/domain/query/expression.ts';
import { roleOf } from '#server/domain/stages.ts';
import { DomainError } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { db, type Tx, transaction } from '#server/platform/db/client.ts';
import { isUniqueViolation } from '#server/platform/db/errors.ts';
import { publish } from '#server/platform/events/events.ts';
import { mayWriteGates } from './gates.policy.ts';
import { findGateSets, findLastGateSet, insertGateSet, PROJECT_GATES } from './gates.repo.ts';
import type { GateHistory, GatesFrom, GatesView, gatesOfInput, saveGatesInput } from './gates.schema.ts';
import { requireModel } from './registry.service.ts';
import { listStages } from './stages.service.ts';

type ModelLike = { id: string; positive: string | null };
export type Gates = { from: GatesFrom; rules: GateRule[] };
/** `hash` changes when what is asked changes: kept with evidence, so that it is known when it is stale. */
export type Judged = { gates: GateResult[]; passed: boolean; rules: GateRule[]; hash: string };

/**
 * Judges the gates that guard a stage of a model, as they are now, on facts. Called when evidence is frozen and again
 * at the moment of promotion.
 */
export async function judgeStageGates(
  tx: Tx,
  scope: ProjectScope,
  o: { model: ModelLike; stage: string } & GateFacts,
): Promise<Judged> {
  const { rules, hash } = await gatesOfStage(tx, scope, o);
  const gates = judgeGates(rules, o);
  return { gates, passed: nothingBlocks(gates), rules, hash };
}

/** The gates that guard a stage of a model now, with the hash to compare evidence by. */
export async function gatesOfStage(
  tx: Tx,
  scope: ProjectScope,
  o: { model: ModelLike; stage: string },
): Promise<{ rules: GateRule[]; hash: string }> {
  const rules = gatesFor((await gatesOf(tx, scope, o.model)).rules, o.stage);
  return { rules, hash: gatesHash(rules) };
}

/** All gates of a model: its own list, else the project's, else the usual ones. */
export async function gatesOf(tx: Tx, scope: ProjectScope, model: ModelLike): Promise<Gates> {
  const own = rulesOf(await findLastGateSet(tx, scope, model.id));
  return own ? { from: 'model', rules: own } : projectGates(tx, scope, model.positive);
}

/** The gates of a model, or of the project, for the one who edits them. @throws NOT_FOUND */
export async function getGates(scope: ProjectScope, input: z.infer<typeof gatesOfInput>): Promise<GatesView> {
  const model = input.model === undefined ? null : await requireModel(db, scope, input.model);
  const last = await findLastGateSet(db, scope, model?.id ?? PROJECT_GATES);
  const otherwise: Gates = model ? await projectGates(db, scope, model.positive) : { from: 'usual', rules: usualGates(null) };
  const own = rulesOf(last);
  const now: Gates = own ? { from: model ? 'model' : 'project', rules: own } : otherwise;
  return { ...now, revision: last?.revision ?? 0, otherwise, may: { write: mayWriteGates(scope) } };
}

/**
 * Sets the gates of a model or of the project, or takes the list away. Everything before stays in the history.
 * @throws INVALID (a condition that can't be read, a stage that isn't there), CONFLICT when somebody saved meanwhile
 */
export async function saveGates(scope: ProjectScope, input: z.infer<typeof saveGatesInput>): Promise<{ revision: number }> {
  const may = mayWriteGates(scope);
  if (!may.ok) throw new DomainError('FORBIDDEN', may.why);
  if (input.rules) await assertRules(scope, input.rules);
  try {
    return await transaction(async (tx) => {
      const model = input.model === undefined ? null : await requireModel(tx, scope, input.model);
      const subject = model?.id ?? PROJECT_GATES;
      const last = await findLastGateSet(tx, scope, subject);
      if ((last?.revision ?? 0) !== input.expectedRevision) throw changedMeanwhile(last?.createdByName);
      const made = await insertGateSet(tx, scope, {
        subject,
        revision: input.expectedRevision + 1,
        rules: input.rules,
        reason: input.reason,
      });
      await recordAudit(tx, scope, {
        action: 'gates.changed',
        target: model
          ? { type: 'model', id: model.id, name: model.name }
          : { type: 'project', id: scope.projectId, name: scope.projectName },
        reason: input.reason,
        details: { revision: made.revision, from: rulesOf(last), to: input.rules },
      });
      await publish(tx, { projectId: scope.projectId, type: 'model.version', id: model?.id ?? scope.projectId });
      return { revision: made.revision };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw changedMeanwhile(undefined);
    throw error;
  }
}

/** Who changed what, newest first. @throws NOT_FOUND */
export async function gateHistory(scope: ProjectScope, input: z.infer<typeof gatesOfInput>): Promise<GateHistory> {
  const subject = input.model === undefined ? PROJECT_GATES : (await requireModel(db, scope, input.model)).id;
  const sets = await findGateSets(db, scope, subject);
  return sets.map((set) => ({
    revision: set.revision,
    at: set.createdAt,
    by: set.createdByName,
    reason: set.reason,
    rules: rulesOf(set),
  }));
}

async function projectGates(tx: Tx, scope: ProjectScope, positive: string | null): Promise<Gates> {
  const own = rulesOf(await findLastGateSet(tx, scope, PROJECT_GATES));
  return own ? { from: 'project', rules: own } : { from: 'usual', rules: usualGates(positive) };
}

function rulesOf(set: { rules: unknown } | null): GateRule[] | null {
  return set?.rules == null ? null : gateRulesSchema.parse(set.rules);
}

async function assertRules(scope: ProjectScope, rules: readonly GateRule[]): Promise<void> {
  const stages = await listStages(scope);
  const seen = new Set<string>();
  for (const rule of rules) {
    const parsed = parseExpression(rule.expression);
    if (!parsed.ok) {
      const [error] = parsed.errors;
      throw new DomainError('INVALID', `${rule.name}, at character ${(error?.from ?? 0) + 1}: ${error?.message}`);
    }
    const role = rule.stage === null ? 'gate' : roleOf(stages, rule.stage);
    if (role !== 'gate' && role !== 'serving')
      throw new DomainError('INVALID', `${rule.name}: ${rule.stage} is no stage that is asked for, so nothing would be judged.`);
    if (seen.has(rule.id)) throw new DomainError('INVALID', `Two gates are called ${rule.id}. Give one another name.`);
    seen.add(rule.id);
  }
}

function changedMeanwhile(by: string | undefined): DomainError {
  return new DomainError(
    'CONFLICT',
    `${by ?? 'Somebody'} changed these gates since you opened them. Look at them again, then save.`,
  );
}
