/**
 * The text over which an entry of the record is hashed (docs/record.md has the form): the mark of the form, the place,
 * the hash before in hex, then each field as `length:text` with the length in bytes of UTF-8, `~` where there is none,
 * all joined with commas. The same as the database's `audit_canonical`; a test compares the two.
 */
export const FORM = 'stagecraft-audit-1';

/** An entry as the chain sees it: every field as its text, `details` as PostgreSQL writes jsonb, `at` in ms since 1970. */
export type ChainedFields = {
  id: string;
  projectId: string | null;
  at: string;
  actorKind: string;
  actorId: string | null;
  actorName: string;
  action: string;
  targetType: string;
  targetId: string;
  targetName: string;
  reason: string | null;
  details: string;
};

/** A link of the chain with its entry; `entry` is null when the entry is gone. Hashes are hex. */
export type ChainRow = { seq: number; entryId: string; prev: string; hash: string; entry: ChainedFields | null };

/** The canonical text of an entry at a place of the chain. */
export function canonicalOf(seq: number, prev: string, e: ChainedFields): string {
  return `${FORM},${seq},${prev},${field(e.id)},${field(e.projectId)},${field(e.at)},${field(e.actorKind)},${field(e.actorId)},${field(e.actorName)},${field(e.action)},${field(e.targetType)},${field(e.targetId)},${field(e.targetName)},${field(e.reason)},${field(e.details)}`;
}

function field(text: string | null): string {
  return text === null ? '~' : `${byteLength(text)}:${text}`;
}

/** Bytes of a text in UTF-8. */
function byteLength(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    if (code < 0x800) bytes += 1;
    else if (code >= 0xd800 && code < 0xdc00) {
      // A pair of surrogates is two units here and four bytes there.
      bytes += 2;
      i += 1;
    } else bytes += 2;
  }
  return bytes;
}
