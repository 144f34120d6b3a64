import type { Prisma, PromotionEvidence } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { Evidence } from './evidence.schema.ts';

/** Keeps what was found in one round; a round that is kept already stays as it is. */
export async function insertEvidence(
  tx: Tx,
  scope: ProjectScope,
  o: { requestId: string; round: number; hash: string; evidence: Evidence; sections: EvidenceSection[] },
): Promise<void> {
  const { evidence, sections, ...rest } = o;
  await tx.promotionEvidence.createMany({
    data: [
      {
        ...rest,
        projectId: scope.projectId,
        evidence: evidence as Prisma.InputJsonValue,
        sections: sections as Prisma.InputJsonValue,
        preparedAt: new Date(evidence.preparedAt),
      },
    ],
    skipDuplicates: true,
  });
}

/** The sections of the suite that belong to a round of a request; null when none was kept for it. */
export async function findSections(
  tx: Tx,
  scope: ProjectScope,
  o: { requestId: string; round: number },
): Promise<Prisma.JsonValue | null> {
  const row = await tx.promotionEvidence.findFirst({
    where: { projectId: scope.projectId, requestId: o.requestId, round: o.round },
    select: { sections: true },
  });
  return row?.sections ?? null;
}

/** Which rounds of a request were prepared, when, and under which hash. */
export function findRounds(
  tx: Tx,
  scope: ProjectScope,
  requestId: string,
): Promise<Pick<PromotionEvidence, 'round' | 'hash' | 'preparedAt'>[]> {
  return tx.promotionEvidence.findMany({
    where: { projectId: scope.projectId, requestId },
    select: { round: true, hash: true, preparedAt: true },
    orderBy: { round: 'asc' },
  });
}
