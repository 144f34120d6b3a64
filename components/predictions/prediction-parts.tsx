'use client';
import {
  IconArrowsSplit2,
  IconBox,
  IconCloudUpload,
  IconFlask,
  IconRosette,
  IconServer,
  IconTable,
  IconTag,
} from '@tabler/icons-react';
import { Fragment } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { formatPercent } from '#components/ui/format.ts';
import { LineageStrip } from '#components/ui/lineage-strip.tsx';
import { Link } from '#components/ui/link.tsx';
import { Bar } from '#components/ui/progress.tsx';
import { ScrollRegion } from '#components/ui/scroll-region.tsx';
import type { LineageStation, PredictionDetail } from '#server/features/predictions/predictions.schema.ts';
import s from './predictions.module.css';

const LONG = 600;

/** The fields as the model saw them; long texts scroll in a frame of their own. */
export function InputFields({ input }: { input: Record<string, unknown> }) {
  return (
    <dl className={s.fields}>
      {Object.entries(input).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <FieldValue name={name} value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FieldValue({ name, value }: { name: string; value: unknown }) {
  if (value === null) return <span className="ink-3">missing</span>;
  if (value === '') return <span className="ink-3">empty</span>;
  if (typeof value === 'number') return <span className="num">{value}</span>;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const body = <p className={s.text}>{text}</p>;
  return text.length > LONG ? (
    <ScrollRegion label={name} maxHeight={320}>
      {body}
    </ScrollRegion>
  ) : (
    body
  );
}

/** Probability by class, the highest first; or the outputs by name. */
export function Scores({ output, label }: { output: Record<string, unknown>; label: string | null }) {
  const scores = Object.entries(output);
  const shares = scores.filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] >= 0 && entry[1] <= 1,
  );
  if (shares.length < scores.length) {
    return <InputFields input={output} />;
  }
  return (
    <div className={s.scores}>
      {shares
        .sort((a, b) => b[1] - a[1])
        .map(([name, share]) => (
          <Fragment key={name}>
            <span className={name === label ? 'strong' : undefined}>{name}</span>
            <Bar share={share} label={`${name} ${formatPercent(share, 1)}`} tone={name === label ? 'accent' : 'quiet'} />
            <span className="num">{formatPercent(share, 1)}</span>
          </Fragment>
        ))}
    </div>
  );
}

const ICONS = {
  deployment: IconServer,
  rollout: IconArrowsSplit2,
  model_version: IconBox,
  promotion_request: IconRosette,
  run: IconFlask,
  dataset_version: IconTable,
  labeling_project: IconTag,
  upload: IconCloudUpload,
} as const satisfies Record<LineageStation['type'], typeof IconBox>;

/** From the request back to the data and the approval, each station a link. */
export function WayBack({ row }: { row: PredictionDetail }) {
  const project = useProject();
  return (
    <LineageStrip
      label="The way back"
      items={row.lineage.map((station) => {
        const Icon = ICONS[station.type];
        return {
          key: `${station.type}/${station.id}`,
          icon: <Icon size={16} stroke={1.75} aria-hidden />,
          title: station.name,
          ...(station.detail ? { note: station.detail } : {}),
          ...(station.path ? { href: `/${project.name}/${station.path}` } : {}),
        };
      })}
    />
  );
}

/** The other instances that came with the same request. */
export function Siblings({ row }: { row: PredictionDetail }) {
  const project = useProject();
  return (
    <ul>
      {row.siblings.map((sibling) => (
        <li key={sibling.id}>
          <Link className="link num" href={`/${project.name}/predictions/${sibling.id}`}>
            #{sibling.index}
          </Link>{' '}
          {sibling.label ?? 'failed'}
        </li>
      ))}
    </ul>
  );
}
