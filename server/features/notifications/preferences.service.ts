import type { Actor } from '#server/auth/actor.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { KINDS, kindNames, type MailChoice } from './kinds.schema.ts';
import { mailServer } from './mail-server.service.ts';
import type { Preference, SetPreferenceInput } from './notifications.schema.ts';
import { findOwnChoices, saveChoice } from './preferences.repo.ts';

type Person = Actor & { id: string };

/** How a person hears of each kind. */
export async function getPreferences(person: Person): Promise<{ mailWorks: boolean; preferences: Preference[] }> {
  const [rows, server] = await Promise.all([findOwnChoices(db, person.id), mailServer(db)]);
  const chosen = new Map(rows.map((row) => [row.kind, row]));
  return {
    mailWorks: server !== null,
    preferences: kindNames.map((kind) => {
      const { group, label, inApp, mail } = KINDS[kind];
      const choice = chosen.get(kind) ?? { inApp, mail };
      return { kind, group, label, inApp: choice.inApp, mail: choice.mail as MailChoice };
    }),
  };
}

/** Sets how a person hears of one kind, from now on. */
export async function setPreference(person: Person, input: SetPreferenceInput): Promise<void> {
  await transaction(async (tx) => {
    await saveChoice(tx, person.id, input);
    await recordAudit(
      tx,
      { actor: person, projectId: null },
      {
        action: 'person.notifications_changed',
        target: { type: 'person', id: person.id, name: person.name },
        details: { kind: input.kind, inApp: input.inApp, mail: input.mail },
      },
    );
  });
}
