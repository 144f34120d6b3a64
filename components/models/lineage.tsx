'use client';
import {
  type Icon,
  IconBroadcast,
  IconClipboardCheck,
  IconDatabase,
  IconFileUpload,
  IconFlask,
  IconPackage,
  IconStairsUp,
  IconTags,
} from '@tabler/icons-react';
import { useProject } from '#components/shell/project-context.tsx';
import { type LineageItem, LineageStrip } from '#components/ui/lineage-strip.tsx';
import type { LineageNode } from '#server/features/models/models.schema.ts';

const ICONS: Record<LineageNode['kind'], Icon> = {
  upload: IconFileUpload,
  deployment: IconBroadcast,
  labeling: IconTags,
  dataset: IconDatabase,
  run: IconFlask,
  version: IconPackage,
  request: IconClipboardCheck,
  stage: IconStairsUp,
};

/** Where a version comes from, each ancestor a link; `after` is what came or comes of it. */
export function Lineage({ nodes, after = [] }: { nodes: LineageNode[]; after?: LineageItem[] }) {
  const project = useProject();
  const items = nodes.map((node, index): LineageItem => {
    const NodeIcon = ICONS[node.kind];
    return {
      key: `${node.kind} ${node.id} ${index}`,
      icon: <NodeIcon size={16} stroke={1.75} aria-hidden />,
      title: node.name,
      note: node.detail || undefined,
      ...(node.path ? { href: `/${project.name}/${node.path}` } : {}),
    };
  });
  return <LineageStrip items={[...items, ...after]} />;
}
