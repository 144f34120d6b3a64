import type { ProjectScope } from '#server/auth/actor.ts';
import { systemScope } from '#server/auth/actor.ts';
import type { RoutingArm, RoutingEntry } from '#server/domain/rollout/routing.ts';
import { signatureSchema } from '#server/domain/signature.ts';
import { listVersionsById } from '#server/features/models/registry.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import type { DeploymentWithRollouts } from './deployments.repo.ts';
import { bumpRouting, findServedDeployments } from './deployments.repo.ts';
import { canaryWeight } from './deployments.view.ts';

/** What the gateways serve: every deployment of every project that has a primary version, with its arms. */
export async function loadRoutingTable(): Promise<RoutingEntry[]> {
  const deployments = await findServedDeployments(db);
  const entries: RoutingEntry[] = [];
  for (const [projectId, rows] of Map.groupBy(deployments, (row) => row.projectId)) {
    entries.push(...(await entriesOf(projectId, rows)));
  }
  return entries;
}

/**
 * Changes what is served: counts the deployment's revision up, perhaps names a new primary version, and tells the
 * gateways. For the transaction of the change itself.
 */
export async function changeRouting(
  tx: Tx,
  scope: ProjectScope,
  o: { id: string; primaryVersionId?: string | null; archivedAt?: Date },
): Promise<number> {
  const revision = await bumpRouting(tx, scope, o);
  await publish(tx, { projectId: scope.projectId, type: 'deployment.routing', id: o.id });
  return revision;
}

async function entriesOf(projectId: string, rows: DeploymentWithRollouts[]): Promise<RoutingEntry[]> {
  const scope = systemScope({ id: projectId, name: '' });
  const ids = rows.flatMap((row) => [row.primaryVersionId, ...row.rollouts.map((rollout) => rollout.candidateVersionId)]);
  const versions = new Map(
    (
      await listVersionsById(
        db,
        scope,
        ids.filter((id) => id !== null),
      )
    ).map((version) => [version.id, version]),
  );
  const arm = (id: string | null, name: RoutingArm['name'], weight: number): RoutingArm[] => {
    const version = id ? versions.get(id) : undefined;
    if (!version) return [];
    return [
      {
        modelVersionId: version.id,
        number: version.number,
        name,
        weight,
        artifactKey: version.graphKey,
        signature: signatureSchema.parse(version.signature),
      },
    ];
  };
  return rows.flatMap((row) => {
    const rollout = row.rollouts[0];
    const weight = rollout ? canaryWeight(rollout) : 0;
    const arms = [
      ...arm(row.primaryVersionId, 'primary', 1 - weight),
      ...(rollout ? arm(rollout.candidateVersionId, 'canary', weight) : []),
    ];
    if (arms.length === 0) return [];
    return [
      {
        deploymentId: row.id,
        deployment: row.name,
        projectId,
        model: row.model.name,
        revision: row.revision,
        rolloutId: rollout?.id ?? null,
        arms,
      },
    ];
  });
}
