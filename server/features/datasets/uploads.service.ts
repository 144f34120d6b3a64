import type { Readable } from 'node:stream';
import type { ProjectScope } from '#server/auth/actor.ts';
import { config } from '#server/config.ts';
import { DomainError } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { putObject } from '#server/platform/storage/objects.ts';
import { removeBuildFolders } from './build-folder.ts';
import { deleteUploadsBefore, insertUpload } from './uploads.repo.ts';
import type { UploadView } from './uploads.schema.ts';

const WEEK = 7 * 24 * 3600 * 1000;
const DAY = 24 * 3600 * 1000;

/**
 * Stores a file that a person sends, to become a dataset or labels within a week.
 * @throws DomainError TOO_LARGE past the limit of this installation (STAGECRAFT_MAX_UPLOAD), INVALID for an empty file
 */
export async function receiveUpload(scope: ProjectScope, o: { filename: string; body: Readable }): Promise<UploadView> {
  const { key, size } = await putObject(o.body, { mediaType: 'application/octet-stream', maxBytes: config.maxUploadBytes });
  if (size === 0) throw new DomainError('INVALID', 'The file is empty.');
  const filename = cleanFilename(o.filename);
  return transaction(async (tx) => {
    const upload = await insertUpload(tx, scope, { objectKey: key, filename, size });
    await recordAudit(tx, scope, {
      action: 'upload.received',
      target: { type: 'upload', id: upload.id, name: filename },
      details: { size },
    });
    return { id: upload.id, filename, size };
  });
}

/** Forgets uploads older than a week. What became a version belongs to that and stays. */
export async function sweepUploads(now: Date): Promise<number> {
  return deleteUploadsBefore(db, new Date(now.getTime() - WEEK));
}

/** Removes folders of builds and exports that a crash left more than a day ago. */
export async function sweepBuildFolders(now: Date): Promise<number> {
  return removeBuildFolders(new Date(now.getTime() - DAY));
}

function cleanFilename(name: string): string {
  const last = name.toWellFormed().replaceAll('\\', '/').split('/').at(-1) ?? '';
  return (
    last
      .replace(/\p{Cc}+/gu, '')
      .trim()
      .slice(0, 200) || 'file'
  );
}
