import { fairnessRulesSchema } from '#server/domain/fairness/policy.schema.ts';
import type { Policy } from './fairness.schema.ts';

/** One state of the policy as people and sections read it. */
export function toPolicy(row: {
  number: number;
  rules: unknown;
  reason: string;
  createdByName: string;
  createdAt: Date;
}): Policy {
  return {
    number: row.number,
    rules: fairnessRulesSchema.parse(row.rules),
    reason: row.reason,
    by: row.createdByName,
    at: row.createdAt,
  };
}
