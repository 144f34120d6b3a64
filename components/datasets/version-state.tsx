import { StatePill } from '#components/ui/state-pill.tsx';
import type { VersionSummary } from '#server/features/datasets/versions.schema.ts';

/** The state of a version in a word; ready is quiet. */
export function VersionState({ version }: { version: Pick<VersionSummary, 'status' | 'progress'> }) {
  if (version.status === 'failed') return <StatePill state="failed">failed</StatePill>;
  if (version.status === 'ready') return <StatePill state="done">ready</StatePill>;
  const share = version.progress?.share ?? 0;
  return <StatePill state="running">{share > 0 ? `building, ${Math.round(share * 100)} %` : 'waiting'}</StatePill>;
}
