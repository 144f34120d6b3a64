import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { signatureSchema } from '#server/domain/signature.ts';
import { type Field, misfits, misfitWords } from '#server/domain/signature-fit.ts';
import { listVersionsById, requireVersion } from '#server/features/models/registry.service.ts';
import { db } from '#server/platform/db/client.ts';
import { type DeploymentRow, findDeploymentsOfModel } from './deployments.repo.ts';
import { type FieldForms, findCallers } from './fit.repo.ts';
import type { FitOutput, fitInput } from './fit.schema.ts';

/** Newest requests that are looked at for who sends what. */
const REQUESTS = 2_000;

/**
 * Whether the callers of a model's deployments could go on with this version, and who would break.
 * @throws NOT_FOUND for an unknown version
 */
export async function fitCallers(scope: ProjectScope, input: z.infer<typeof fitInput>): Promise<FitOutput> {
  const version = await requireVersion(db, scope, input.model, input.number);
  const taken = signatureSchema.parse(version.signature).fields;
  const deployments = await findDeploymentsOfModel(db, scope, version.modelId);
  return { deployments: await Promise.all(deployments.map((deployment) => fitOf(scope, deployment, input.number, taken))) };
}

async function fitOf(
  scope: ProjectScope,
  deployment: DeploymentRow,
  number: number,
  taken: Field[],
): Promise<FitOutput['deployments'][number]> {
  const [answering] = deployment.primaryVersionId ? await listVersionsById(db, scope, [deployment.primaryVersionId]) : [];
  const callers = await findCallers(db, scope, { deploymentId: deployment.id, limit: REQUESTS });
  const found = answering ? misfits(signatureSchema.parse(answering.signature).fields, taken) : [];
  const wouldBreak = callers
    .map((caller) => ({
      caller: caller.name ?? (caller.tokenId ? 'a token that is gone' : 'the console'),
      requests: caller.requests,
      lastAt: caller.lastAt,
      misfits: misfits(sentFields(caller.fields, taken), taken),
    }))
    .filter((caller) => caller.misfits.length > 0);
  const words = misfitWords(found);
  return {
    deployment: deployment.name,
    answering: answering?.number ?? null,
    misfits: found,
    wouldBreak,
    lookedAt: callers.reduce((sum, caller) => sum + caller.requests, 0),
    sentence: words
      ? `v${number} ${words} by callers of ${deployment.name}.`
      : `Callers of ${deployment.name} need no change for v${number}.`,
  };
}

/** What a caller sends, in the form that the version takes where only nulls were seen. */
function sentFields(forms: FieldForms, taken: readonly Field[]): Field[] {
  return Object.entries(forms).map(([name, types]) => {
    const wanted = taken.find((field) => field.name === name)?.kind ?? 'text';
    if (types.length === 0) return { name, kind: wanted };
    if (types.every((type) => type === 'number')) return { name, kind: 'number' };
    return { name, kind: wanted === 'number' ? 'text' : wanted };
  });
}
