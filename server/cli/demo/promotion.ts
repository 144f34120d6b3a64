import type { Figures } from './report.ts';
import type { Stage } from './stage.ts';
import { insist, MODEL, POSITIVE, PROJECT, until } from './stage.ts';

/** Makes a finished run the next version of the model. */
export async function register(stage: Stage, runId: string, note: string): Promise<number> {
  const made = await stage.as.scientist.trpc.models.registerRun.mutate({
    project: PROJECT,
    model: MODEL,
    runId,
    positive: POSITIVE,
    note,
  });
  return made.number;
}

/** Asks for a stage and waits until the evidence is there. */
async function ask(stage: Stage, number: number, target: 'staging' | 'production', reason: string) {
  const { trpc } = stage.as.scientist;
  const { id } = await trpc.promotions.request.mutate({ project: PROJECT, model: MODEL, number, target, reason });
  return until(
    `The evidence of ${MODEL} v${number} for ${target}`,
    () => trpc.promotions.get.query({ project: PROJECT, id }),
    (request) => request.status !== 'preparing',
  );
}

/**
 * Takes a version to production: its gates for staging, its gates again and a reviewer's word for production.
 * @returns what the gates said; the rollout's number when the approval began one
 */
export async function promote(
  stage: Stage,
  o: { number: number; why: string; approval: string },
): Promise<{ figures: Figures; rollout: number | null }> {
  const staging = await ask(stage, o.number, 'staging', o.why);
  insist(
    staging.status === 'completed',
    `v${o.number} did not reach staging: ${failedGates(staging.evidence) || staging.error || staging.status}`,
  );
  const request = await ask(stage, o.number, 'production', o.why);
  insist(
    request.status === 'pending',
    `v${o.number} does not wait for a reviewer: ${failedGates(request.evidence) || request.error || request.status}`,
  );
  insist(request.gatesPassed === true, `v${o.number} waits with a failed gate: ${failedGates(request.evidence)}`);
  await refuseOwnApproval(stage, request.id);
  const decided = await stage.as.reviewer.trpc.promotions.approve.mutate({
    project: PROJECT,
    id: request.id,
    reason: o.approval,
  });
  const gates = request.evidence?.gates ?? [];
  return {
    figures: Object.fromEntries(gates.map((gate) => [gate.id, gate.sentence])),
    rollout: decided.rollout?.number ?? null,
  };
}

/** The one who asked may not approve: the console must say so. */
async function refuseOwnApproval(stage: Stage, id: string): Promise<void> {
  const refused = await stage.as.scientist.trpc.promotions.approve
    .mutate({ project: PROJECT, id, reason: 'I approve my own request.' })
    .then(() => false)
    .catch(() => true);
  insist(refused, 'A scientist could approve a request of their own.');
}

function failedGates(evidence: { gates: { passed: boolean; sentence: string }[] } | null): string {
  return (evidence?.gates ?? []).flatMap((gate) => (gate.passed ? [] : [gate.sentence])).join(' ');
}
