import { z } from 'zod';
import { ROLES } from '#server/auth/roles.ts';

export const verdictSchema = z.enum(['approve', 'refuse', 'changes']);
export type Verdict = z.infer<typeof verdictSchema>;

/** Who must approve before a version reaches a stage. */
export const approvalRuleSchema = z.object({
  /** So many must approve; 0: the gates alone decide. */
  needed: z.number().int().min(0).max(10),
  /** Members with one of these roles, and these people. They also need the right to decide. */
  from: z.object({ roles: z.array(z.enum(ROLES)).max(ROLES.length), people: z.array(z.uuid()).max(50) }),
  /** Who asked never decides. `trainer`: nor does who made the run, launched it, or uploaded the file. */
  separation: z.object({ requester: z.literal(true).default(true), trainer: z.boolean() }),
  /** Days after which an undecided request ends; null: never. */
  expiresDays: z.number().int().min(1).max(365).nullable(),
  /** Past the number of approvals and named gates, with two people and a review within `reviewDays`. */
  emergency: z.object({ allowed: z.boolean(), reviewDays: z.number().int().min(1).max(60) }),
});
export type ApprovalRule = z.infer<typeof approvalRuleSchema>;

/** For stages that serve: one reviewer. */
export const SERVING_RULE: ApprovalRule = {
  needed: 1,
  from: { roles: ['reviewer'], people: [] },
  separation: { requester: true, trainer: true },
  expiresDays: 14,
  emergency: { allowed: true, reviewDays: 3 },
};
/** For stages before them: the gates alone. */
export const GATES_RULE: ApprovalRule = { ...SERVING_RULE, needed: 0, emergency: { allowed: false, reviewDays: 3 } };

export const ruleNoteSchema = z.object({ level: z.enum(['error', 'warning']), text: z.string() });
export type RuleNote = z.infer<typeof ruleNoteSchema>;

/** `model` left out: the project's own rule, which holds where a model has none. */
const place = z.object({ model: z.string().optional() });
export const listRulesInput = place;
export const listRulesOutput = z.array(
  z.object({
    stage: z.string(),
    title: z.string(),
    role: z.enum(['gate', 'serving']),
    rule: approvalRuleSchema,
    /** Where the rule comes from. */
    source: z.enum(['default', 'project', 'model']),
    /** 0 where nothing is kept at this place yet. */
    version: z.number().int(),
    updatedByName: z.string().nullable(),
    updatedAt: z.date().nullable(),
    notes: z.array(ruleNoteSchema),
  }),
);
export type RuleInForce = z.infer<typeof listRulesOutput>[number];
export const saveRuleInput = place.extend({
  stage: z.string(),
  expectedVersion: z.number().int().min(0),
  /** Null takes the rule of this place away, so that the wider one holds again. */
  rule: approvalRuleSchema.nullable(),
});
export const saveRuleOutput = z.object({ version: z.number().int(), notes: z.array(ruleNoteSchema) });
export const checkRuleInput = place.extend({ stage: z.string(), rule: approvalRuleSchema });
export const checkRuleOutput = z.array(ruleNoteSchema);

export const approverSchema = z.object({ id: z.string(), name: z.string(), role: z.enum(ROLES), mayDecide: z.boolean() });
export type Approver = z.infer<typeof approverSchema>;
export const listApproversOutput = z.array(approverSchema);

export const delegationSchema = z.object({
  id: z.string(),
  fromId: z.string(),
  fromName: z.string(),
  toId: z.string(),
  toName: z.string(),
  startsAt: z.date(),
  endsAt: z.date(),
  reason: z.string(),
  /** Ended before its time. */
  endedAt: z.date().nullable(),
  state: z.enum(['ahead', 'now', 'over']),
});
export type DelegationView = z.infer<typeof delegationSchema>;
export const delegateInput = z.object({
  toId: z.uuid(),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  reason: z.string().trim().min(3, 'Say why; it is kept with each decision that is made for you.').max(500),
});
export const endDelegationInput = z.object({ id: z.uuid() });
export const listDelegationsOutput = z.array(delegationSchema);
