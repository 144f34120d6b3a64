import type { ProjectScope } from '#server/auth/actor.ts';
import { notFound } from '#server/errors.ts';
import { recordRead } from '#server/features/audit/reads.service.ts';
import { db } from '#server/platform/db/client.ts';
import { objectPath } from '#server/platform/storage/objects.ts';
import type { QuarantineRow } from './quarantine.repo.ts';
import { selectQuarantine, selectQuarantined } from './quarantine.repo.ts';
import type { Quarantined, QuarantineList } from './quarantine.schema.ts';
import { findVersion } from './versions.repo.ts';

const PREVIEW_BYTES = 400;
const SHOWN_BYTES = 64 * 1024;

/** What a build couldn't take: reasons with their counts, and one page. */
export async function listQuarantine(
  scope: ProjectScope,
  o: { versionId: string; reason?: string | undefined; offset: number; limit: number },
): Promise<QuarantineList> {
  const path = await quarantinePath(scope, o.versionId);
  if (!path) return { total: 0, reasons: [], items: [] };
  const { rows, reasons, total } = await selectQuarantine(path, {
    reason: o.reason ?? null,
    offset: o.offset,
    limit: o.limit,
    preview: PREVIEW_BYTES,
  });
  return { total, reasons, items: rows.map(quarantined) };
}

/** One of them in its raw form, as text up to 64 KB. @throws DomainError NOT_FOUND */
export async function openQuarantined(
  scope: ProjectScope,
  o: { versionId: string; index: number },
): Promise<Quarantined & { raw: string; cut: boolean; binary: boolean }> {
  const row = await findRow(scope, o);
  const shown = row.raw.subarray(0, SHOWN_BYTES);
  return { ...quarantined(row), raw: decode(shown), cut: row.raw.length > SHOWN_BYTES, binary: shown.includes(0) };
}

/** All its bytes, as they came. @throws DomainError NOT_FOUND */
export async function downloadQuarantined(
  scope: ProjectScope,
  o: { versionId: string; index: number },
): Promise<{ bytes: Uint8Array; filename: string }> {
  const row = await findRow(scope, o);
  const version = await findVersion(db, scope, o.versionId);
  await recordRead(scope, {
    what: 'export',
    target: {
      type: 'dataset_version',
      id: o.versionId,
      name: version ? `${version.dataset.name} v${version.number}` : o.versionId,
    },
    details: { quarantined: o.index },
  });
  const name =
    row.place
      .split('/')
      .at(-1)
      ?.replace(/[^\w.-]+/g, '-') || 'raw';
  return { bytes: row.raw, filename: `${name}.txt` };
}

async function findRow(scope: ProjectScope, o: { versionId: string; index: number }): Promise<QuarantineRow> {
  const path = await quarantinePath(scope, o.versionId);
  const row = path ? await selectQuarantined(path, o.index) : undefined;
  if (!row) throw notFound('quarantined row');
  return row;
}

async function quarantinePath(scope: ProjectScope, versionId: string): Promise<string | null> {
  const version = await findVersion(db, scope, versionId);
  if (!version) throw notFound('dataset version');
  return version.quarantineKey ? objectPath(version.quarantineKey) : null;
}

function quarantined(row: QuarantineRow): Quarantined {
  const { index, place, reason, detail, bytes } = row;
  return { index, place, reason, detail, bytes, preview: decode(row.raw.subarray(0, PREVIEW_BYTES)) };
}

/** Bytes as a person can look at them: UTF-8 where they are, else Latin-1; other control characters as ␀ … ␟. */
function decode(bytes: Uint8Array): string {
  const text = isUtf8(bytes) ? new TextDecoder().decode(bytes) : Buffer.from(bytes).toString('latin1');
  return text.replace(/\p{Cc}/gu, (char) => {
    const code = char.charCodeAt(0);
    return code < 32 && char.trim() !== '' ? String.fromCharCode(0x2400 + code) : char;
  });
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
