import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { describeVersions, getReadyVersion } from '#server/features/datasets/versions.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { mayLockGold } from './evaluations.policy.ts';
import type { GoldChoice, GoldLock, listGoldOutput, lockGoldInput, releaseGoldInput } from './evaluations.schema.ts';
import { hashOfPart, partName, rowsOf } from './gold-rows.service.ts';
import { namedRows, sharedWithTraining, TRAIN } from './overlap.service.ts';
import { endGold, findGoldRows, type GoldRow, insertGold } from './suites.repo.ts';

/** All locks of the project, those that were lifted too, newest first. */
export async function listGold(scope: ProjectScope): Promise<z.infer<typeof listGoldOutput>> {
  const rows = await findGoldRows(db, scope, { released: true });
  const names = await describeVersions(scope, [...new Set(rows.map((row) => row.datasetVersionId))]);
  const known = new Map(names.map((name) => [name.id, name]));
  const locks = rows.map((row): GoldLock => {
    const { id, reason, lockedByName, lockedAt, contentHash, datasetVersionId, releasedByName, releasedAt, releaseReason } = row;
    const name = known.get(datasetVersionId);
    return {
      ...{ id, reason, lockedByName, lockedAt, contentHash, datasetVersionId, releasedByName, releasedAt, releaseReason },
      dataset: name?.dataset ?? 'a removed dataset',
      number: name?.number ?? 0,
      split: row.split || null,
      rows: row.rows,
    };
  });
  return { locks, mayLock: mayLockGold(scope) };
}

/**
 * Locks a part of a dataset version for judging: what it holds is on record by its hash, and no launch may train on its rows.
 * @throws DomainError FORBIDDEN, NOT_FOUND, INVALID for a part that isn't there or is trained on, CONFLICT when it is locked
 */
export async function lockGold(scope: ProjectScope, input: z.infer<typeof lockGoldInput>): Promise<void> {
  if (!mayLockGold(scope)) throw new DomainError('FORBIDDEN', 'Locking rows for judging needs the right data:write.');
  const version = await getReadyVersion(scope, input.datasetVersionId);
  const rows = rowsOf(version, input.split);
  const name = partName(version, input.split);
  if (rows === 0) throw new DomainError('INVALID', `${name} has no rows.`);
  if (input.split === TRAIN) throw new DomainError('INVALID', `${name} is what versions learn from. Lock another part.`);
  await transaction(
    async (tx) => {
      const locks = await findGoldRows(tx, scope, { released: false, datasetVersionIds: [version.id] });
      const held = locks.find((lock) => lock.split === (input.split ?? ''));
      if (held) throw new DomainError('CONFLICT', `${name} was locked by ${held.lockedByName} already: ${held.reason}`);
      const values = {
        datasetVersionId: version.id,
        split: input.split ?? '',
        contentHash: hashOfPart(version, input.split),
        rows,
      };
      const row = await insertGold(tx, scope, { ...values, reason: input.reason });
      await record(tx, scope, row, 'locked', name, input.reason);
    },
    { isolation: 'Serializable' },
  );
}

/** Ends a lock, with a reason; the record of it stays. @throws DomainError FORBIDDEN, NOT_FOUND, CONFLICT when it has ended */
export async function releaseGold(scope: ProjectScope, input: z.infer<typeof releaseGoldInput>): Promise<void> {
  if (!mayLockGold(scope)) throw new DomainError('FORBIDDEN', 'Lifting a lock needs the right data:write.');
  await transaction(async (tx) => {
    const row = (await findGoldRows(tx, scope, { released: true })).find(({ id }) => id === input.id);
    if (!row) throw notFound('lock');
    if (!(await endGold(tx, scope, input)))
      throw new DomainError('CONFLICT', `This lock was lifted by ${row.releasedByName ?? 'somebody'} already.`);
    const [name] = await describeVersions(scope, [row.datasetVersionId]);
    await record(tx, scope, row, 'released', name ? partName(name, row.split || null) : 'a removed dataset', input.reason);
  });
}

/** Parts of these versions that may serve as gold, with the locks that stand. The part that is trained on is not offered. */
export async function goldChoices(scope: ProjectScope, versionIds: readonly string[]): Promise<GoldChoice[]> {
  const ids = [...new Set(versionIds)];
  const locks = await findGoldRows(db, scope, { released: false });
  const all = [...new Set([...ids, ...locks.map((lock) => lock.datasetVersionId)])];
  const found = await Promise.all(all.map((id) => getReadyVersion(scope, id).catch(() => null)));
  return found.flatMap((version) => {
    if (!version) return [];
    const parts = version.split?.parts ?? [];
    const splits =
      parts.length > 0 ? parts.filter((part) => part.name !== TRAIN && part.rows > 0).map((part) => part.name) : [null];
    const locked = locks.filter((lock) => lock.datasetVersionId === version.id).map((lock) => lock.split || null);
    return [...new Set<string | null>([...splits, ...locked])].map((split): GoldChoice => {
      const lock = locks.find((one) => one.datasetVersionId === version.id && one.split === (split ?? ''));
      return {
        datasetVersionId: version.id,
        dataset: version.dataset,
        number: version.number,
        split,
        rows: rowsOf(version, split),
        lock: lock
          ? {
              id: lock.id,
              reason: lock.reason,
              lockedByName: lock.lockedByName,
              lockedAt: lock.lockedAt,
              contentHash: lock.contentHash,
            }
          : null,
      };
    });
  });
}

/**
 * Refuses to train on rows that are locked for judging.
 * @throws DomainError CONFLICT naming the lock, who set it, and the rows
 */
export async function assertNoGoldRows(scope: ProjectScope, trainingVersionId: string): Promise<void> {
  for (const lock of await findGoldRows(db, scope, { released: false })) {
    const gold = { datasetVersionId: lock.datasetVersionId, split: lock.split || null };
    const found = await sharedWithTraining(scope, trainingVersionId, gold);
    if (!found || found.shared === 0) continue;
    const [name] = await describeVersions(scope, [lock.datasetVersionId]);
    throw new DomainError(
      'CONFLICT',
      `${found.source} trains on ${found.shared.toLocaleString('en')} rows of ${name ? partName(name, gold.split) : 'a gold version'}, which ${lock.lockedByName} locked for judging (“${lock.reason}”): ${namedRows(found.rows, found.shared)}, by ${found.by}. Split the dataset so that they stay out of train, or have the lock lifted.`,
      { goldId: lock.id, rows: found.rows, shared: found.shared },
    );
  }
}

async function record(
  tx: Parameters<typeof recordAudit>[0],
  scope: ProjectScope,
  row: GoldRow,
  what: 'locked' | 'released',
  name: string,
  reason: string,
) {
  await recordAudit(tx, scope, {
    action: `gold.${what}`,
    target: { type: 'dataset_version', id: row.datasetVersionId, name },
    reason,
    details: { split: row.split || null, rows: row.rows, contentHash: row.contentHash },
  });
  await publish(tx, { projectId: scope.projectId, type: 'suite.gold', id: row.id });
}
