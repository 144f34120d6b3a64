import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

export type UploadRecord = { id: string; objectKey: string; filename: string; size: bigint; createdAt: Date };

export async function insertUpload(
  tx: Tx,
  scope: ProjectScope,
  o: { objectKey: string; filename: string; size: number },
): Promise<UploadRecord> {
  return tx.upload.create({
    data: {
      projectId: scope.projectId,
      objectKey: o.objectKey,
      filename: o.filename,
      size: BigInt(o.size),
      createdById: scope.actor.kind === 'user' ? scope.actor.id : null,
    },
  });
}

export async function findUpload(tx: Tx, scope: ProjectScope, id: string): Promise<UploadRecord | null> {
  return tx.upload.findFirst({ where: { id, projectId: scope.projectId } });
}

/** Forgets uploads of all projects that came before `before`: what became a version is owned by it. */
export async function deleteUploadsBefore(tx: Tx, before: Date): Promise<number> {
  const { count } = await tx.upload.deleteMany({ where: { createdAt: { lt: before } } });
  return count;
}
