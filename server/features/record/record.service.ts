import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { notFound } from '#server/errors.ts';
import { listStages } from '#server/features/models/stages.service.ts';
import { db } from '#server/platform/db/client.ts';
import { findAnswer, findChanges, findStandings } from './record.repo.ts';
import type { RecordTimeline, WhatWas, WhatWasInput, WhoAnswered, whoAnsweredInput } from './record.schema.ts';
import { toStanding, toWhoAnswered } from './record.view.ts';

const TIMELINE = 1_000;

/**
 * What was in which stage at a moment, since when, on whose word and on what evidence. Without a model or a stage: all
 * stages but the first (registered, nothing depends on it) and the last (kept for the record).
 */
export async function whatWas(scope: ProjectScope, input: WhatWasInput, now: Date): Promise<WhatWas> {
  const at = input.at && input.at < now ? input.at : now;
  const stages = await listStages(scope);
  const named = (...roles: string[]) => stages.filter((stage) => roles.includes(stage.role)).map((stage) => stage.name);
  const start = named('start')[0] ?? null;
  const wanted = input.stage ? [input.stage] : input.model ? null : named('gate', 'serving');
  const rows = await findStandings(db, scope, {
    at,
    model: input.model ?? null,
    stages: wanted,
    start: wanted === null || (start !== null && wanted.includes(start)) ? start : null,
    limit: input.limit + 1,
  });
  return { at, standings: rows.slice(0, input.limit).map(toStanding), more: rows.length > input.limit };
}

/** Every change of stage, for a line of time. */
export async function recordTimeline(scope: ProjectScope, model: string | undefined): Promise<RecordTimeline> {
  const rows = await findChanges(db, scope, { model: model ?? null, limit: TIMELINE });
  return {
    changes: rows.reverse().map(({ at, from, to, actorName, modelVersion }) => ({
      at,
      from,
      to,
      by: actorName,
      model: modelVersion.model.name,
      version: modelVersion.number,
    })),
  };
}

/**
 * Which version gave an answer, trained by which run on which data, approved by whom.
 * @throws NOT_FOUND also while the request is still on its way from the gateway's log
 */
export async function whoAnswered(scope: ProjectScope, input: z.infer<typeof whoAnsweredInput>): Promise<WhoAnswered> {
  const row = await findAnswer(db, scope, input);
  if (!row) throw notFound(`prediction ${input.id}${input.index > 0 ? `, row ${input.index}` : ''}`);
  return toWhoAnswered(row);
}
