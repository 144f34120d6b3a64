import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import {
  type ApprovalRule,
  type Approver,
  approvalRuleSchema,
  type checkRuleInput,
  type RuleInForce,
  type RuleNote,
  type saveRuleInput,
} from './approval.schema.ts';
import { notesOn, usualRule } from './approval-rule.policy.ts';
import { deleteRule, findRules, PROJECT_PLACE, writeRule } from './approval-rules.repo.ts';
import { findPeople } from './approvals.repo.ts';
import { requireModel } from './registry.service.ts';
import { listStages } from './stages.service.ts';

/** The rule that holds for a model's way to a stage: its own, the project's, or the usual one. */
export async function ruleFor(tx: Tx, scope: ProjectScope, o: { modelId: string; stage: string }): Promise<ApprovalRule> {
  const rows = (await findRules(tx, scope, [PROJECT_PLACE, o.modelId])).filter((row) => row.stage === o.stage);
  const own = rows.find((row) => row.place === o.modelId) ?? rows.find((row) => row.place === PROJECT_PLACE);
  if (own) return approvalRuleSchema.parse(own.rule);
  const role = (await listStages(scope, tx)).find((stage) => stage.name === o.stage)?.role;
  return usualRule(role === 'serving' ? 'serving' : 'gate');
}

/** The rules of all stages that are asked for, as they hold for the project or for one model. @throws NOT_FOUND */
export async function listRules(scope: ProjectScope, o: { model?: string | undefined }): Promise<RuleInForce[]> {
  const place = await placeOf(db, scope, o.model);
  const [stages, rows, people] = await Promise.all([
    listStages(scope),
    findRules(db, scope, [PROJECT_PLACE, place]),
    findPeople(db, scope),
  ]);
  return stages.flatMap(({ name, title, role }): RuleInForce[] => {
    if (role !== 'gate' && role !== 'serving') return [];
    const at = (where: string) => rows.find((row) => row.stage === name && row.place === where);
    const kept = at(place);
    const found = kept ?? at(PROJECT_PLACE);
    const rule = found ? approvalRuleSchema.parse(found.rule) : usualRule(role);
    return [
      {
        stage: name,
        title,
        role,
        rule,
        source: !found ? 'default' : found.place === PROJECT_PLACE ? 'project' : 'model',
        version: kept?.version ?? 0,
        updatedByName: found?.updatedByName ?? null,
        updatedAt: found?.updatedAt ?? null,
        notes: notesOn(rule, role, people),
      },
    ];
  });
}

/** What there is to say about a rule before it is saved. @throws NOT_FOUND */
export async function checkRule(scope: ProjectScope, input: z.infer<typeof checkRuleInput>): Promise<RuleNote[]> {
  return notesOn(input.rule, await roleOfStage(db, scope, input.stage), await findPeople(db, scope));
}

/**
 * Keeps the rule of a stage, for the project or for one model; null takes it away again. Requests that are open are
 * decided by the rule that holds when they are decided.
 * @throws NOT_FOUND, INVALID when it contradicts itself, CONFLICT when somebody else changed it meanwhile
 */
export async function saveRule(
  scope: ProjectScope,
  input: z.infer<typeof saveRuleInput>,
): Promise<{ version: number; notes: RuleNote[] }> {
  return transaction(async (tx) => {
    const place = await placeOf(tx, scope, input.model);
    const role = await roleOfStage(tx, scope, input.stage);
    const [before] = (await findRules(tx, scope, [place])).filter((row) => row.stage === input.stage);
    const notes = input.rule ? notesOn(input.rule, role, await findPeople(tx, scope)) : [];
    const wrong = notes.filter((note) => note.level === 'error').map((note) => note.text);
    if (wrong.length > 0) throw new DomainError('INVALID', wrong.join(' '));
    const at = { place, stage: input.stage, expectedVersion: input.expectedVersion };
    const version = input.rule
      ? await writeRule(tx, scope, { ...at, rule: input.rule })
      : (await deleteRule(tx, scope, at))
        ? 0
        : null;
    if (version === null) {
      throw new DomainError('CONFLICT', 'Somebody else changed this rule since you opened it. Look at it again, then save.');
    }
    await recordAudit(tx, scope, {
      action: 'approval.rule-changed',
      target: { type: 'stage', id: scope.projectId, name: `${input.model ?? 'the project'}: ${input.stage}` },
      details: { from: before?.rule ?? null, to: input.rule },
    });
    await publish(tx, { projectId: scope.projectId, type: 'promotion.rule', id: scope.projectId });
    return { version, notes };
  });
}

/** Everybody who could be named in a rule: the members, with whether their word would count. */
export function listApprovers(scope: ProjectScope): Promise<Approver[]> {
  return findPeople(db, scope);
}

async function placeOf(tx: Tx, scope: ProjectScope, model: string | undefined): Promise<string> {
  return model ? (await requireModel(tx, scope, model)).id : PROJECT_PLACE;
}

async function roleOfStage(tx: Tx, scope: ProjectScope, name: string): Promise<'gate' | 'serving'> {
  const role = (await listStages(scope, tx)).find((stage) => stage.name === name)?.role;
  if (role === 'gate' || role === 'serving') return role;
  throw new DomainError('INVALID', role ? `Nobody asks for ${name}, so it needs no rule.` : `This project has no stage ${name}.`);
}
