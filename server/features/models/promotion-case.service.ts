import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { Case, Vote } from './approval.policy.ts';
import { approvalRuleSchema, verdictSchema } from './approval.schema.ts';
import { usualRule } from './approval-rule.policy.ts';
import { findRules, PROJECT_PLACE } from './approval-rules.repo.ts';
import type { DecisionRow } from './approvals.repo.ts';
import { findDecisions, findDelegations, findMakers, findPeople } from './approvals.repo.ts';
import type { ListedRequest } from './promotions.repo.ts';
import { listStages } from './stages.service.ts';

export type CaseOf = Case & { decisions: DecisionRow[] };

/** What counting the approvals of one request needs, as things are now. `hold`: roles stay until the transaction ends. */
export async function caseOf(
  tx: Tx,
  scope: ProjectScope,
  request: ListedRequest,
  o: { hold?: boolean; now?: Date } = {},
): Promise<CaseOf> {
  const found = (await casesOf(tx, scope, [request], o)).get(request.id);
  if (!found) throw new Error('A request without its case.');
  return found;
}

/** The cases of many requests with one reading of each table. */
export async function casesOf(
  tx: Tx,
  scope: ProjectScope,
  requests: readonly ListedRequest[],
  o: { hold?: boolean; now?: Date } = {},
): Promise<Map<string, CaseOf>> {
  const now = o.now ?? new Date();
  const people = await findPeople(tx, scope, o);
  const versions = requests.map((request) => request.modelVersion);
  const [stages, rules, makers, decisions, delegations] = [
    await listStages(scope, tx),
    await findRules(tx, scope, [PROJECT_PLACE, ...new Set(versions.map((version) => version.modelId))]),
    await findMakers(tx, scope, versions),
    await findDecisions(
      tx,
      scope,
      requests.map((request) => request.id),
    ),
    await findDelegations(tx, scope, { now }),
  ];
  const ruleOf = ({ targetStage, modelVersion }: ListedRequest) => {
    const at = (place: string) => rules.find((row) => row.stage === targetStage && row.place === place);
    const kept = at(modelVersion.modelId) ?? at(PROJECT_PLACE);
    if (kept) return approvalRuleSchema.parse(kept.rule);
    return usualRule(stages.find((stage) => stage.name === targetStage)?.role === 'serving' ? 'serving' : 'gate');
  };
  return new Map(
    requests.map((request) => {
      const own = decisions.filter((decision) => decision.requestId === request.id);
      const one: CaseOf = {
        rule: ruleOf(request),
        round: request.round,
        requesterIds: [request.requestedById, request.responsibleId].filter((id) => id !== null),
        trainerIds: makers.get(request.modelVersionId) ?? [],
        emergency: request.emergency !== null,
        people,
        decisions: own,
        votes: own.map(toVote),
        delegations,
        now,
      };
      return [request.id, one];
    }),
  );
}

/** A kept decision as the counting takes it. */
export function toVote(row: DecisionRow): Vote {
  const { round, personId, personName, forId, forName, at } = row;
  return { round, verdict: verdictSchema.parse(row.verdict), personId, personName, forId, forName, at };
}
