'use client';
import { DateTime } from '#components/ui/date-time.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { formatDuration, formatNumber, shortHash } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import type { SuiteRunDetail } from '#server/features/evaluations/evaluations.schema.ts';

/** What a run was made of: rows with their hash, versions, seed, who and when. Enough to make it again. */
export function RunFacts({ run, project }: { run: SuiteRunDetail; project: string }) {
  const version = (number: number) => (
    <Link className="link" href={`/${project}/models/${encodeURIComponent(run.model)}/${number}`}>
      {run.model} v{number}
    </Link>
  );
  const took = run.startedAt && run.endedAt ? run.endedAt.getTime() - run.startedAt.getTime() : null;
  return (
    <Facts
      items={[
        { term: 'Version', value: version(run.version.number) },
        { term: 'Against', value: run.incumbent ? version(run.incumbent.number) : 'nothing' },
        {
          term: 'Gold rows',
          value:
            run.gold.length === 0
              ? '–'
              : run.gold.map((gold) => (
                  <div key={gold.hash}>
                    <Link className="link" href={`/${project}/datasets/${encodeURIComponent(gold.dataset)}/${gold.number}`}>
                      {gold.dataset} v{gold.number}
                    </Link>
                    {gold.split ? `, ${gold.split}` : ''}: {formatNumber(gold.n)} rows{' '}
                    <span className="mono">{shortHash(gold.hash)}</span>
                    <div className="caption">{gold.lockedBy ? `locked by ${gold.lockedBy}` : 'not locked'}</div>
                  </div>
                )),
        },
        run.goldHash !== null && { term: 'Hash', value: <span className="mono">{shortHash(run.goldHash)}</span> },
        { term: 'Suite', value: `revision ${run.suiteVersion}, seed ${run.seed}` },
        { term: 'By', value: run.requestedByName },
        run.reason !== '' && { term: 'Why', value: run.reason },
        { term: 'Asked', value: <DateTime at={run.requestedAt} /> },
        took !== null && { term: 'Took', value: formatDuration(took) },
        run.requestId !== null && {
          term: 'For',
          value: (
            <Link className="link" href={`/${project}/models/requests/${run.requestId}`}>
              a promotion request
            </Link>
          ),
        },
      ]}
    />
  );
}
