import type { Stage } from '#server/domain/stages.schema.ts';
import { firstWith, roleOf, titleOf } from '#server/domain/stages.ts';
import type { MlflowVersion } from './mlflow-registry.schema.ts';

/** What MLflow calls a stage: None where versions begin, Archived where they end, else its title. */
export function toMlflowStage(stages: readonly Stage[], name: string): string {
  const role = roleOf(stages, name);
  if (role === 'start') return 'None';
  return role === 'end' ? 'Archived' : titleOf(stages, name);
}

/** The stage that MLflow's name means; null when the project has none such. */
export function fromMlflowStage(stages: readonly Stage[], given: string): string | null {
  const wanted = given.trim().toLowerCase();
  if (wanted === 'none') return firstWith(stages, 'start').name;
  if (wanted === 'archived') return firstWith(stages, 'end').name;
  return stages.find((stage) => stage.name.toLowerCase() === wanted || stage.title.toLowerCase() === wanted)?.name ?? null;
}

type VersionLike = {
  id: string;
  number: number;
  stage: string;
  note: string;
  runId: string | null;
  graphKey: string;
  createdAt: Date;
};

/** One version as MLflow's clients know it. */
export function toMlflowVersion(
  version: VersionLike,
  o: {
    model: string;
    stages: readonly Stage[];
    user: string;
    aliases: string[];
    tags: { key: string; value: string }[];
    changedAt: Date | undefined;
  },
): MlflowVersion {
  return {
    name: o.model,
    version: String(version.number),
    creation_timestamp: version.createdAt.getTime(),
    last_updated_timestamp: (o.changedAt ?? version.createdAt).getTime(),
    user_id: o.user,
    current_stage: toMlflowStage(o.stages, version.stage),
    description: version.note,
    source: `stagecraft:sha256/${version.graphKey.trim()}`,
    // MLflow's ids are ours without dashes.
    run_id: version.runId?.replaceAll('-', '') ?? '',
    status: 'READY',
    status_message: '',
    run_link: '',
    tags: o.tags,
    aliases: o.aliases,
  };
}
