'use client';
import { DateTime } from '#components/ui/date-time.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Link } from '#components/ui/link.tsx';
import type { Ground, Standing } from '#server/features/record/record.schema.ts';
import s from './record.module.css';

const VERDICTS: Record<string, string> = { approve: 'approved', refuse: 'refused', changes: 'wished changes' };

/** Why a version stands where it stands: who moved it, what was asked, the words of those who decided, the evidence. */
export function GroundFacts({ project, standing }: { project: string; standing: Standing }) {
  const { ground, model, version } = standing;
  const page = `/${project}/models/${encodeURIComponent(model)}/${version}`;
  return (
    <Facts
      width={120}
      items={[
        { term: 'Moved by', value: `${standing.by}. ${standing.reason}` },
        standing.until !== null && { term: 'Until', value: <DateTime at={standing.until} /> },
        ground && { term: 'Asked by', value: <Asked project={project} ground={ground} /> },
        ground && ground.emergency !== null && { term: 'Emergency', value: ground.emergency },
        ground && { term: 'Decided', value: <Words ground={ground} /> },
        ground && { term: 'Evidence', value: <EvidenceLine ground={ground} /> },
        {
          term: 'Look at',
          value: (
            <>
              <Link className="link" href={page}>
                version
              </Link>
              {' · '}
              <Link className="link" href={`${page}/card`}>
                card
              </Link>
            </>
          ),
        },
      ]}
    />
  );
}

export function Asked({ project, ground }: { project: string; ground: Ground }) {
  return (
    <>
      {ground.askedBy}, <DateTime at={ground.askedAt} />: {ground.reason}{' '}
      <Link className="link" href={`/${project}/models/requests/${ground.requestId}`}>
        request and evidence
      </Link>
    </>
  );
}

/** What each person said, in the order of time. */
export function Words({ ground }: { ground: Ground }) {
  if (ground.words.length === 0) return <span className="ink-3">nobody had decided by then</span>;
  return (
    <ul className={s.words}>
      {ground.words.map((word) => (
        <li key={`${word.by}-${word.at.getTime()}`}>
          {word.by}
          {word.instead && ` for ${word.instead}`} {VERDICTS[word.verdict] ?? word.verdict}, <DateTime at={word.at} />
          {word.reason && `: ${word.reason}`}
        </li>
      ))}
    </ul>
  );
}

export function EvidenceLine({ ground }: { ground: Ground }) {
  const e = ground.evidence;
  if (!e) return <span className="ink-3">none was frozen</span>;
  return (
    <>
      {e.passed} of {e.gates} gates passed
      {e.dataset && ` on ${e.dataset} v${e.number}, ${e.split || 'all rows'}`}
      {e.rows !== null && `, ${e.rows.toLocaleString('en')} rows`}
      {e.hash && (
        <>
          {' '}
          <span className="mono ink-3" title={e.hash}>
            {e.hash.slice(0, 12)}
          </span>
        </>
      )}
    </>
  );
}
