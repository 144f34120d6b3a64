import type { ProjectBrief } from '#server/domain/brief.schema.ts';
import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import type { VersionDetail as DatasetVersion } from '#server/features/datasets/versions.schema.ts';
import type { VersionDetail } from '#server/features/models/version-detail.schema.ts';
import type { Standing } from '#server/features/record/record.schema.ts';

/** All that Stagecraft knows about a version, before it is put into words. */
export type CardFacts = {
  project: string;
  description: string;
  version: VersionDetail;
  brief: ProjectBrief | null;
  data: DatasetVersion | null;
  /** The last suite run that came to an end. */
  suite: { at: Date | null; gold: string; sections: EvidenceSection[] } | null;
  /** Where this version stands now, and what that rests on. */
  standing: Standing | null;
  deployments: { name: string; arm: string; since: Date | null }[];
  monitors: { name: string; window: string; sentence: string; openAlerts: number }[];
};
