import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ZodError } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { isDomainError, messageOf } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { notify } from '#server/features/notifications/notifications.service.ts';
import type { Logger } from '#server/log.ts';
import { withDuckdb } from '#server/platform/analytics/duckdb.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { isDatabaseDown } from '#server/platform/db/errors.ts';
import { publish } from '#server/platform/events/events.ts';
import { putObjectFile } from '#server/platform/storage/objects.ts';
import { makeBuildFolder } from './build-folder.ts';
import type { Report } from './build-steps.ts';
import { makeFiles } from './build-steps.ts';
import { profileVersion } from './profile.repo.ts';
import type { Profile } from './profile.schema.ts';
import { findVersion, markFailed, markReady, saveProgress } from './versions.repo.ts';
import type { VersionRecord } from './versions.schema.ts';
import { countParts, DATA_FILE, QUARANTINE_FILE, writeQuarantine } from './write-version.repo.ts';

/** Somebody ended the build while it ran: nothing more is to be said about it. */
class Stopped extends Error {}

/**
 * Builds the file of a version and makes the version ready, or failed with a reason that a person can act on. May run
 * again at any time: it does nothing to a version that isn't building.
 */
export async function buildVersion(
  scope: ProjectScope,
  versionId: string,
  ctx: { signal: AbortSignal; log: Logger },
): Promise<void> {
  const record = await findVersion(db, scope, versionId);
  if (record?.status !== 'building') return;
  const folder = await makeBuildFolder(versionId);
  const watch = watchForStop(scope, versionId);
  try {
    await build(scope, record, { signal: AbortSignal.any([ctx.signal, watch.signal]), folder });
  } catch (error) {
    if (error instanceof Stopped || watch.signal.aborted) return;
    if (ctx.signal.aborted || isDatabaseDown(error)) throw error;
    ctx.log.warn({ versionId, err: error }, 'a version could not be built');
    await failVersion(scope, record, readable(error, folder));
  } finally {
    watch.end();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Aborts within two seconds of somebody ending the build, also while one long statement runs. */
function watchForStop(scope: ProjectScope, id: string): { signal: AbortSignal; end: () => void } {
  const stop = new AbortController();
  const look = async () => {
    const record = await findVersion(db, scope, id);
    if (record?.status !== 'building') stop.abort(new Stopped());
  };
  // A database that is away for a moment stops nothing: the build's own writes will say so.
  const timer = setInterval(() => void look().catch(() => undefined), 1500);
  return { signal: stop.signal, end: () => clearInterval(timer) };
}

async function build(scope: ProjectScope, record: VersionRecord, o: { signal: AbortSignal; folder: string }): Promise<void> {
  const report = reporter(scope, record.id, o.signal);
  const path = join(o.folder, DATA_FILE);
  const built = await withDuckdb(
    async (c) => {
      const interrupt = () => c.interrupt();
      o.signal.addEventListener('abort', interrupt);
      try {
        const made = await makeFiles(c, { scope, record, folder: o.folder, signal: o.signal, report });
        const quarantined = made.hasRejects ? await writeQuarantine(c, o.folder) : 0;
        await report(0.8, 'profiling columns');
        const profile = await profileVersion(c, path, made.columns, (done) =>
          report(0.8 + (0.18 * done) / made.columns.length, 'profiling columns'),
        );
        const split = await countParts(c, path, made.rule);
        return { ...made, quarantined, profile, split };
      } finally {
        o.signal.removeEventListener('abort', interrupt);
      }
    },
    { memoryMb: 1024, threads: 1 },
  );
  const { size } = await stat(path);
  await report(0.99, 'storing');
  const profile: Profile = { ...built.profile, bytes: size, made: built.made };
  const data = await putObjectFile(path, { mediaType: 'application/vnd.apache.parquet' });
  const quarantine =
    built.quarantined > 0
      ? await putObjectFile(join(o.folder, QUARANTINE_FILE), { mediaType: 'application/vnd.apache.parquet' })
      : null;
  await transaction(async (tx) => {
    const ended = await markReady(tx, scope, record.id, {
      columns: built.columns,
      profile,
      split: built.split,
      rowCount: profile.rows,
      quarantinedCount: built.quarantined,
      dataKey: data.key,
      quarantineKey: quarantine?.key ?? null,
    });
    if (!ended) return;
    await recordAudit(tx, scope, {
      action: 'dataset.version.ready',
      target: { type: 'dataset_version', id: record.id, name: `${record.dataset.name} v${record.number}` },
      details: { rows: profile.rows, quarantined: built.quarantined, contentHash: data.key },
    });
    await publish(tx, { projectId: scope.projectId, type: 'dataset.version', id: record.id });
  });
}

/** Saves progress at most three times a second, and notices when the build was stopped. */
function reporter(scope: ProjectScope, id: string, signal: AbortSignal): Report {
  let last = 0;
  return async (share, doing) => {
    signal.throwIfAborted();
    const now = performance.now();
    if (now - last < 330) return;
    last = now;
    const goesOn = await transaction(async (tx) => {
      const saved = await saveProgress(tx, scope, id, { share: Math.min(1, share), doing });
      if (saved) await publish(tx, { projectId: scope.projectId, type: 'dataset.version', id });
      return saved;
    });
    if (!goesOn) throw new Stopped();
  };
}

/** Ends a build as failed, with the reason; a version that isn't building any more stays as it is. */
export async function failVersion(scope: ProjectScope, record: VersionRecord, reason: string): Promise<void> {
  await transaction(async (tx) => {
    if (!(await markFailed(tx, scope, record.id, reason))) return;
    await recordAudit(tx, scope, {
      action: 'dataset.version.failed',
      target: { type: 'dataset_version', id: record.id, name: `${record.dataset.name} v${record.number}` },
      reason,
    });
    await notify(tx, scope, {
      kind: 'dataset.failed',
      people: record.createdById ? [record.createdById] : [],
      title: `${record.dataset.name} v${record.number} could not be built`,
      text: reason,
      href: `/${scope.projectName}/datasets/${record.dataset.name}/${record.number}`,
      data: { dataset: record.dataset.name, version: record.number, reason },
    });
    await publish(tx, { projectId: scope.projectId, type: 'dataset.version', id: record.id });
  });
}

function readable(error: unknown, folder: string): string {
  if (isDomainError(error)) return error.message;
  if (error instanceof ZodError) return `The recipe can't be read: ${error.issues[0]?.message ?? 'unknown'}`;
  const first = messageOf(error).split('\n')[0] ?? '';
  return `The file could not be read: ${first.replaceAll(folder, '').slice(0, 400)}`;
}
