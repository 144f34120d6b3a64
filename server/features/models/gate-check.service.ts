import type { ProjectScope } from '#server/auth/actor.ts';
import type { GateResult } from '#server/domain/gates.schema.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { db } from '#server/platform/db/client.ts';
import { judgeStageGates } from './gates.service.ts';
import { listPastFacts } from './past-facts.service.ts';
import { requireModel } from './registry.service.ts';
import { listStages } from './stages.service.ts';

export type GateCheck = {
  passed: boolean;
  gates: GateResult[];
  /** Where the figures are from, in words, and of when. */
  source: string;
  at: Date | null;
};

/**
 * Whether a version would pass the gates of a stage as they are now, on what is known of it already: nothing is
 * measured anew and nothing is kept.
 * @throws NOT_FOUND, INVALID for a stage that the project hasn't
 */
export async function checkGates(scope: ProjectScope, o: { model: string; number: number; stage: string }): Promise<GateCheck> {
  const model = await requireModel(db, scope, o.model);
  if (!(await listStages(scope)).some((stage) => stage.name === o.stage)) {
    throw new DomainError('INVALID', `This project has no stage ${o.stage}.`);
  }
  const known = (await listPastFacts(scope, o.model)).find((one) => one.number === o.number);
  if (!known) throw notFound(`version ${o.number} among the newest of ${o.model}`);
  const { facts, tables, words, source, at } = known;
  const { gates, passed } = await judgeStageGates(db, scope, { model, stage: o.stage, facts, tables, words: new Map(words) });
  return { passed, gates, source, at };
}
