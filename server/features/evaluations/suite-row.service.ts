import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { DEFAULT_SUITE, type SuiteSettings, suiteSettingsSchema } from './suite.schema.ts';
import { ensureSuiteRow } from './suites.repo.ts';

export type KeptSuite = { settings: SuiteSettings; version: number; updatedAt: Date; updatedByName: string | null };

/** The suite of a model; one with the defaults is made at the first use. Settings of an older form get what is new by default. */
export async function ensureSuite(tx: Tx, scope: ProjectScope, modelId: string): Promise<KeptSuite> {
  const row = await ensureSuiteRow(tx, scope, modelId, DEFAULT_SUITE);
  const { version, updatedAt, updatedByName } = row;
  return { settings: suiteSettingsSchema.parse(row.settings), version, updatedAt, updatedByName };
}
