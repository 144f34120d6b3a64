'use client';
import { useProject } from '#components/shell/project-context.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { formatCompact } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import { Section } from '#components/ui/screen.tsx';
import type { LaunchView } from '#server/features/training/training.schema.ts';
import { versionPath } from '../paths.ts';
import { paramValue } from '../words.ts';

/** What a launch learns from, and which settings it tries. */
export function WhatRuns({ launch, by }: { launch: LaunchView; by: string | null }) {
  const { name: project } = useProject();
  const { space } = launch;
  const hasText = launch.features.some((feature) => feature.kind === 'text');
  return (
    <Section padded title="What runs">
      <Facts
        items={[
          {
            term: 'Data',
            value: launch.dataset ? (
              <Link className="link" href={versionPath(project, launch.dataset)}>
                {launch.dataset.name} v{launch.dataset.number}
              </Link>
            ) : (
              'no longer there'
            ),
          },
          { term: 'Learns', value: launch.labelColumn },
          { term: 'From', value: launch.features.map(({ name, kind }) => `${name} (${kind})`).join(', ') },
          { term: 'Trainer', value: hasText ? 'TF-IDF and logistic regression' : 'logistic regression' },
          hasText && { term: 'n-gram', value: space.ngramMax.map((n) => paramValue('ngramMax', String(n))).join(', ') },
          hasText && { term: 'Vocabulary', value: space.vocabularySize.map(formatCompact).join(', ') },
          { term: 'L2', value: space.l2.join(', ') },
          { term: 'Class weight', value: space.classWeight.join(', ') },
          { term: 'Seed', value: launch.seed },
          { term: 'Launched', value: <DateTime at={launch.createdAt} /> },
          by !== null && { term: 'By', value: by },
        ]}
      />
    </Section>
  );
}
