'use client';
import { IconBox, IconDatabase, IconFileUpload, IconFlask, IconRocket, IconTag } from '@tabler/icons-react';
import { useProject } from '#components/shell/project-context.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { formatNumber } from '#components/ui/format.ts';
import { LineageStrip } from '#components/ui/lineage-strip.tsx';
import { Section } from '#components/ui/screen.tsx';
import type { LineageLink } from '#server/features/datasets/recipe.schema.ts';
import type { Usage, VersionDetail } from '#server/features/datasets/versions.schema.ts';
import { splitWords } from './split-words.ts';

const ICON = { size: 18, stroke: 1.5, 'aria-hidden': true } as const;
const ICONS = {
  dataset_version: <IconDatabase {...ICON} />,
  labeling_project: <IconTag {...ICON} />,
  deployment: <IconRocket {...ICON} />,
  upload: <IconFileUpload {...ICON} />,
  run: <IconFlask {...ICON} />,
  model_version: <IconBox {...ICON} />,
} as const;

const WORDS = {
  dataset_version: 'its rows',
  labeling_project: 'labels by hand',
  deployment: 'what it was asked, with outcomes',
  upload: 'an uploaded file',
  run: 'a run',
  model_version: 'a model version',
} as const;

const COUNTS: Record<string, string> = {
  imported: 'Mails taken',
  given: 'In the file',
  filled: 'Labels filled in',
  changed: 'Labels changed',
  kept: 'Left as they were',
  added: 'Rows added',
  moved: 'Rows moved to train',
};

/** From what a version was made, how, and what is built on it. */
export function LineageTab({ version }: { version: VersionDetail & { usage: Usage } }) {
  const { name: project } = useProject();
  const items = version.lineage.map((link) => ({
    key: `${link.type} ${link.id}`,
    icon: ICONS[link.type],
    title: link.name,
    note: link.detail ?? WORDS[link.type],
    href: hrefOf(project, link),
  }));
  const made = Object.entries(version.profile?.made.counts ?? {});
  return (
    <>
      <LineageStrip
        items={[
          ...items,
          {
            key: version.id,
            icon: ICONS.dataset_version,
            title: `${version.dataset} v${version.number}`,
            note: version.difference,
          },
        ]}
      />
      <Section padded title="How it was made">
        <Facts
          width={160}
          items={[
            { term: 'Recipe', value: recipeWords(version) },
            ...made.map(([name, count]) => ({
              term: COUNTS[name] ?? name,
              value: <span className="num">{formatNumber(count)}</span>,
            })),
            version.profile &&
              version.profile.labelSources.length > 0 && {
                term: 'Labels come from',
                value: version.profile.labelSources.map((source) => `${source.value} (${formatNumber(source.count)})`).join(', '),
              },
            version.split && { term: 'Split', value: splitWords(version.split.rule) },
            { term: 'Asked for', value: <DateTime at={version.createdAt} /> },
          ]}
        />
      </Section>
    </>
  );
}

function hrefOf(project: string, link: LineageLink): string | undefined {
  const version = /^(.*) v(\d+)$/.exec(link.name);
  if (link.type === 'dataset_version' && version) return `/${project}/datasets/${version[1]}/${version[2]}`;
  if (link.type === 'model_version' && version) return `/${project}/models/${version[1]}/${version[2]}`;
  if (link.type === 'labeling_project') return `/${project}/labeling/${link.name}`;
  if (link.type === 'deployment') return `/${project}/deployments/${link.name}`;
  return undefined;
}

function recipeWords({ recipe }: VersionDetail): string {
  if (recipe.kind === 'import')
    return recipe.format === 'mail'
      ? 'import of raw mails'
      : `import of a ${recipe.format === 'csv' ? 'CSV' : recipe.format === 'jsonl' ? 'JSON' : 'Parquet'} file`;
  if (recipe.kind === 'labels')
    return `labels by ${recipe.keyColumn}; rows that had one ${recipe.mode === 'fill' ? 'keep it' : 'got the new one'}`;
  if (recipe.kind === 'append') return `rows added to ${recipe.into}`;
  return 'a new split';
}
