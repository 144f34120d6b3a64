import type { Tx } from '#server/platform/db/client.ts';

/** The mail server that an administrator has set, or null. */
export async function findMailSetting(tx: Tx) {
  return tx.mailSetting.findUnique({ where: { id: 'mail' } });
}

type Setting = {
  host: string;
  port: number;
  security: string;
  userName: string;
  passwordSealed: string | null;
  fromAddress: string;
  updatedById: string | null;
  updatedAt: Date;
};

/** False when it was changed since `version` was read. Version 0: none was there. */
export async function saveMailSetting(tx: Tx, version: number, setting: Setting): Promise<boolean> {
  if (version === 0) {
    const { count } = await tx.mailSetting.createMany({ data: [{ id: 'mail', ...setting }], skipDuplicates: true });
    return count === 1;
  }
  const { count } = await tx.mailSetting.updateMany({
    where: { id: 'mail', version },
    data: { ...setting, version: { increment: 1 } },
  });
  return count === 1;
}

export async function deleteMailSetting(tx: Tx): Promise<boolean> {
  const { count } = await tx.mailSetting.deleteMany({ where: { id: 'mail' } });
  return count === 1;
}
