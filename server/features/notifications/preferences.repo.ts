import type { Tx } from '#server/platform/db/client.ts';

/** What people have chosen for one kind. */
export async function findChoices(tx: Tx, userIds: string[], kind: string) {
  return tx.notificationPreference.findMany({ where: { userId: { in: userIds }, kind } });
}

/** What one person has chosen. */
export async function findOwnChoices(tx: Tx, userId: string) {
  return tx.notificationPreference.findMany({ where: { userId } });
}

export async function saveChoice(tx: Tx, userId: string, choice: { kind: string; inApp: boolean; mail: string }): Promise<void> {
  const { kind, inApp, mail } = choice;
  await tx.notificationPreference.upsert({
    where: { userId_kind: { userId, kind } },
    update: { inApp, mail },
    create: { userId, kind, inApp, mail },
  });
}
