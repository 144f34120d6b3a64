'use client';
import { useProject } from '#components/shell/project-context.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { formatPercent, shortHash } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import type { VersionDetail } from '#server/features/models/version-detail.schema.ts';
import s from './models.module.css';

/** What a version is: its inputs and classes, its origin, its graph's hash, and where it answers. */
export function VersionFacts({ version }: { version: VersionDetail }) {
  const { name: project } = useProject();
  return (
    <Facts
      width={112}
      items={[
        { term: 'Takes', value: version.signature.fields.map(({ name, kind }) => `${name} (${kind})`).join(', ') },
        { term: 'Says', value: version.signature.classes?.join(', ') ?? 'no classes' },
        version.run !== null && {
          term: 'Run',
          value: (
            <Link className="link" href={`/${project}/experiments/${version.run.experiment}/runs/${version.run.name}`}>
              {version.run.name}
            </Link>
          ),
        },
        {
          term: 'Learned from',
          value: version.dataset ? (
            <Link className="link" href={`/${project}/datasets/${version.dataset.name}/${version.dataset.number}`}>
              {version.dataset.name} v{version.dataset.number}
            </Link>
          ) : (
            'not known: it was uploaded'
          ),
        },
        {
          term: 'Answers',
          value:
            version.servedBy.length > 0
              ? version.servedBy.map(({ name, arm, weight }) => (
                  <div key={`${name} ${arm}`}>
                    <Link className={s.inText} href={`/${project}/deployments/${name}`}>
                      {name}
                    </Link>{' '}
                    <span className="ink-3">
                      {arm}, {formatPercent(weight, 0)} of requests
                    </span>
                  </div>
                ))
              : 'nowhere now',
        },
        version.note !== '' && { term: 'Note', value: version.note },
        {
          term: 'Graph',
          value: (
            <>
              <span className="mono">{shortHash(version.graphKey)}</span>{' '}
              <CopyButton value={version.graphKey} label="Copy the graph’s SHA-256" />
            </>
          ),
        },
        {
          term: 'Registered',
          value: (
            <>
              <DateTime at={version.createdAt} />
              {version.createdBy && ` by ${version.createdBy}`}
            </>
          ),
        },
      ]}
    />
  );
}
