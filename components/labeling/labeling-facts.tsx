'use client';
import { useProject } from '#components/shell/project-context.tsx';
import { KeyChip, LabelChip } from '#components/ui/chip.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { formatDuration, formatNumber } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import type { LabelingDetail, Sample } from '#server/features/labeling/labeling.schema.ts';

/** What the labeling project was made of: rows, how they were chosen, labels and keys. */
export function LabelingFacts({ labeling }: { labeling: LabelingDetail }) {
  const { name: project } = useProject();
  const { source, sample } = labeling;
  return (
    <section>
      <h2>About</h2>
      <Facts
        items={[
          {
            term: 'Rows of',
            value: (
              <Link className="link" href={`/${project}/datasets/${source.dataset}/${source.number}`}>
                {source.dataset} v{source.number}
              </Link>
            ),
          },
          { term: 'Chosen', value: choice(sample) },
          sample.kind === 'random' && { term: 'Seed', value: <span className="num">{sample.seed}</span> },
          { term: 'Shown', value: labeling.columns.map((column) => column.name).join(', ') },
          { term: 'Named by', value: labeling.keyColumn === '_row' ? 'row number' : labeling.keyColumn },
          {
            term: 'Labels',
            value: labeling.labels.map((label) => (
              <div key={label.name} style={{ marginBottom: 4 }}>
                <KeyChip>{label.hotkey.toUpperCase()}</KeyChip> <LabelChip color={label.color}>{label.name}</LabelChip>
              </div>
            )),
          },
          { term: 'In hand for', value: `${formatDuration(labeling.leaseSeconds * 1000)}, then others get it` },
          { term: 'Made', value: <DateTime at={labeling.createdAt} /> },
        ]}
      />
    </section>
  );
}

function choice(sample: Sample): string {
  if (sample.kind === 'keys') return `${formatNumber(sample.found)} rows, named one by one`;
  const from = `${sample.split ? ` of ${sample.split}` : ''}${sample.onlyUnlabeled ? ' without a label' : ''}`;
  const of = sample.available === undefined ? '' : ` out of ${formatNumber(sample.available)}`;
  return `${formatNumber(Math.min(sample.n, sample.available ?? sample.n))} rows${from}${of}, at random`;
}
