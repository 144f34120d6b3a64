import type { Stage } from '#server/domain/stages.schema.ts';
import { isServing } from '#server/domain/stages.ts';
import type { May } from './stage.policy.ts';

type Version = { stage: string; deletedAt: Date | null };
type Hangs = { deployments: readonly string[]; openRequests: number; everServed: boolean };

/**
 * Whether a version may be deleted: never one that answers or is about to, and one that once answered only by an admin
 * of the project, since people may ask for it years later.
 */
export function mayDeleteVersion(o: { stages: readonly Stage[]; version: Version; hangs: Hangs; isProjectAdmin: boolean }): May {
  if (o.version.deletedAt) return { ok: false, why: 'It was deleted already.' };
  if (o.hangs.deployments.length > 0) {
    return { ok: false, why: `It answers for ${o.hangs.deployments.join(', ')}. Let another version answer there first.` };
  }
  if (isServing(o.stages, o.version.stage)) {
    return { ok: false, why: `It is in ${o.version.stage}. Take it out of there first.` };
  }
  if (o.hangs.openRequests > 0) return { ok: false, why: 'Somebody has asked to move it up. End that request first.' };
  if (o.hangs.everServed && !o.isProjectAdmin) {
    return { ok: false, why: 'It has answered real requests, so only an admin of the project can delete it.' };
  }
  return { ok: true };
}
