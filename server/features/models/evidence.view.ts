import { createHash } from 'node:crypto';
import { canonicalJson } from '#server/domain/canonical-json.ts';
import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import type { Evidence } from './evidence.schema.ts';

/** SHA-256 (hex) over all that a decision rests on, in the canonical form: the same evidence has the same hash anywhere. */
export function hashOfEvidence(evidence: Evidence, sections: readonly EvidenceSection[]): string {
  return createHash('sha256').update(canonicalJson({ evidence, sections })).digest('hex');
}
