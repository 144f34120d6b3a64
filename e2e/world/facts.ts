import type { Facts } from '../screens.ts';
import { ask, sessionOf } from './ask.ts';

const PROJECT = 'mail';

/** Looks up, as the scientist, the names that the story gave to runs, launches and requests. */
export async function findFacts(): Promise<Facts> {
  const session = await sessionOf('scientist');
  try {
    const runs = await ask<{ name: string; launch: string | null }[]>(session, 'experiments.runs', {
      project: PROJECT,
      experiment: 'spam-filter',
    });
    const requests = await ask<{ ended: { id: string }[]; waiting: { id: string }[] }>(session, 'promotions.list', {
      project: PROJECT,
    });
    const found = await ask<{ predictions: { id: string }[] }>(session, 'predictions.search', { project: PROJECT, limit: 1 });
    return {
      run: must(runs[0]?.name, 'run'),
      otherRun: must(runs[1]?.name, 'second run'),
      launch: must(runs[0]?.launch ?? undefined, 'launch'),
      request: must((requests.ended[0] ?? requests.waiting[0])?.id, 'promotion request'),
      prediction: must(found.predictions[0]?.id, 'prediction'),
    };
  } finally {
    await session.dispose();
  }
}

function must(value: string | undefined, what: string): string {
  if (value === undefined) throw new Error(`The story left no ${what}.`);
  return value;
}
