import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { sealEntries } from './chain.repo.ts';

const AT_ONCE = 5_000;

/**
 * Gives every entry that has been committed its place in the chain, in the order of commits. Runs every second in one
 * worker: a writer never waits for the chain, whose end only one can hold (docs/record.md says why).
 * @returns how many entries got their place
 */
export async function sealRecord(): Promise<number> {
  let sealed = 0;
  for (let n = AT_ONCE; n === AT_ONCE; sealed += n)
    n = await transaction((tx) => sealEntries(tx, AT_ONCE), { timeoutMs: 60_000 });
  if (sealed > 0) await publish(db, { projectId: null, type: 'record.sealed', id: '' });
  return sealed;
}
