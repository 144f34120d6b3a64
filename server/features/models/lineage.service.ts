import type { ProjectScope } from '#server/auth/actor.ts';
import { isDomainError } from '#server/errors.ts';
import type { VersionDetail } from '#server/features/datasets/versions.schema.ts';
import { getVersion } from '#server/features/datasets/versions.service.ts';
import { describeRuns } from '#server/features/experiments/runs.service.ts';
import type { VersionWithModel } from './models.repo.ts';
import type { LineageNode } from './models.schema.ts';

const LONGEST_CHAIN = 12;
const SHOWN_DATA_NODES = 5;

/** Where a version comes from, oldest first: files, labels, dataset versions, the run, and the version itself. */
export async function lineageOf(scope: ProjectScope, version: VersionWithModel): Promise<LineageNode[]> {
  const [run] = version.runId ? await describeRuns(scope, [version.runId]) : [];
  const runNode: LineageNode[] = run
    ? [
        {
          kind: 'run',
          id: run.id,
          name: run.name,
          detail: run.experiment,
          path: `experiments/${run.experiment}/runs/${run.name}`,
        },
      ]
    : [{ kind: 'upload', id: version.graphKey, name: 'Uploaded ONNX file', detail: version.graphKey.slice(0, 12), path: null }];
  return [
    ...(version.datasetVersionId ? await dataNodes(scope, version.datasetVersionId) : []),
    ...runNode,
    {
      kind: 'version',
      id: version.id,
      name: `${version.model.name} v${version.number}`,
      detail: `ONNX, ${sizeOf(Number(version.sizeBytes))}`,
      path: `models/${version.model.name}/${version.number}`,
    },
  ];
}

async function dataNodes(scope: ProjectScope, datasetVersionId: string): Promise<LineageNode[]> {
  const chain: VersionDetail[] = [];
  let next: string | null = datasetVersionId;
  while (next && chain.length < LONGEST_CHAIN) {
    const found: VersionDetail | null = await readVersion(scope, next);
    if (!found) break;
    chain.unshift(found);
    next = found.parent?.id ?? null;
  }
  const nodes = chain.flatMap((version, index) => nodesOf(version, index === 0 || index === chain.length - 1));
  // The middle of a long chain says least: what came in, and what was trained on, stay.
  const notable = nodes.filter((node) => node.notable);
  return (nodes.length > SHOWN_DATA_NODES ? notable : nodes).map((node) => node.node);
}

function nodesOf(version: VersionDetail, end: boolean): { node: LineageNode; notable: boolean }[] {
  const links = version.lineage.flatMap((link): { node: LineageNode; notable: boolean }[] => {
    const base = { id: link.id, name: link.name, detail: link.detail ?? '' };
    if (link.type === 'upload')
      return [{ node: { ...base, kind: 'upload', detail: base.detail || 'file', path: null }, notable: end }];
    if (link.type === 'labeling_project') {
      return [
        {
          node: { ...base, kind: 'labeling', detail: base.detail || 'labels by hand', path: `labeling/${link.name}` },
          notable: true,
        },
      ];
    }
    if (link.type === 'deployment') {
      return [
        {
          node: { ...base, kind: 'deployment', detail: base.detail || 'production', path: `deployments/${link.name}` },
          notable: true,
        },
      ];
    }
    return [];
  });
  const rows = version.rowCount === null ? version.status : `${version.rowCount.toLocaleString('en')} rows`;
  const node: LineageNode = {
    kind: 'dataset',
    id: version.id,
    name: `${version.dataset} v${version.number}`,
    detail: rows,
    path: `datasets/${version.dataset}/${version.number}`,
  };
  return [...links, { node, notable: end }];
}

async function readVersion(scope: ProjectScope, id: string): Promise<VersionDetail | null> {
  try {
    return await getVersion(scope, id);
  } catch (error) {
    if (isDomainError(error) && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

function sizeOf(bytes: number): string {
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} kB`;
}
