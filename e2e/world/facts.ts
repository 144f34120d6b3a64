import type { APIRequestContext } from '@playwright/test';
import type { Facts } from '../screens.ts';
import { ask } from './ask.ts';

const at = { project: 'mail' };

type Runs = { name: string; launch: string | null }[];
type Requests = Record<'waiting' | 'ended', { id: string }[]>;
type Found = { predictions: { id: string }[] };

/** Looks up, with a scientist's session, the names that the story gave to runs, launches and requests. */
export async function findFacts(session: APIRequestContext): Promise<Facts> {
  const runs = await ask<Runs>(session, 'experiments.runs', { ...at, experiment: 'spam-filter' });
  const requests = await ask<Requests>(session, 'promotions.list', at);
  const evaluations = await ask<{ id: string; status: string }[]>(session, 'evaluations.runs', { ...at, model: 'spam-filter' });
  const found = await ask<Found>(session, 'predictions.search', { ...at, limit: 1 });
  return {
    run: must(runs[0]?.name, 'run'),
    otherRun: must(runs[1]?.name, 'second run'),
    launch: must(runs[0]?.launch, 'launch'),
    request: must((requests.ended[0] ?? requests.waiting[0])?.id, 'promotion request'),
    evaluation: must(evaluations.find(({ status }) => status === 'done')?.id, 'run of the suite'),
    prediction: must(found.predictions[0]?.id, 'prediction'),
  };
}

function must(value: string | null | undefined, what: string): string {
  if (!value) throw new Error(`The story left no ${what}.`);
  return value;
}
