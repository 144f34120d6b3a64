'use client';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { formatNumber } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Section } from '#components/ui/screen.tsx';
import type { ExplorerRow, RowsPage } from '#server/features/evaluations/rows.schema.ts';
import s from './behaviour.module.css';

const SHOWN = 8;

type Props = { model: string; candidate: number; incumbent: number | null; on?: { datasetVersionId: string; split: string } };

/** The first rows whose answer would change (or, with nothing in the stage, that are wrong), with the way to all of them. */
export function RowsPanel({ model, candidate, incumbent, on }: Props) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const place = { model, candidate, ...(incumbent === null ? {} : { incumbent }), ...(on ? { on } : {}) };
  const show = incumbent === null ? 'candidate_wrong' : 'changed';
  const query = useQuery(
    trpc.rows.list.queryOptions({
      project,
      ...place,
      filter: { show },
      sort: incumbent === null ? 'confidence' : 'row',
      limit: SHOWN,
    }),
  );
  const search = new URLSearchParams({
    candidate: String(candidate),
    ...(incumbent === null ? {} : { incumbent: String(incumbent) }),
    ...(on ? { data: on.datasetVersionId, split: on.split } : {}),
  });
  const href = `/${project}/models/${encodeURIComponent(model)}/rows?${search}`;
  return (
    <Section
      padded
      title={incumbent === null ? 'Wrong answers' : 'What would change'}
      caption={query.data ? captionOf(query.data) : undefined}
      actions={
        query.data &&
        query.data.counts.all > 0 && (
          <Button size="xs" variant="subtle" component={Link} href={href}>
            Open the rows
          </Button>
        )
      }
    >
      <QueryGate query={query} what="The rows" rows={4}>
        {(data) =>
          data.matching === 0 ? (
            <p className="ink-2">
              {incumbent === null ? 'Every row is answered rightly.' : 'Both versions answer every row alike.'}
            </p>
          ) : (
            <Rows data={data} hrefOf={(row) => `${href}&row=${row}`} />
          )
        }
      </QueryGate>
    </Section>
  );
}

function Rows({ data, hrefOf }: { data: RowsPage; hrefOf: (row: number) => string }) {
  return (
    <table className={s.table}>
      <colgroup>
        <col style={{ width: 56 }} />
        <col />
        <col style={{ width: 64 }} />
        {data.incumbent !== null && <col style={{ width: 84 }} />}
        <col style={{ width: 84 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Row</th>
          <th scope="col" className={s.left}>
            {data.rows[0]?.fields.map((field) => field.name).join(', ')}
          </th>
          <th scope="col">is</th>
          {data.incumbent !== null && <th scope="col">v{data.incumbent}</th>}
          <th scope="col">v{data.candidate}</th>
        </tr>
      </thead>
      <tbody>
        {data.rows.map((row) => (
          <tr key={row.row}>
            <td>
              <Link className="link num" href={hrefOf(row.row)}>
                {row.row}
              </Link>
            </td>
            <td className={s.left}>{row.fields.map((field) => field.value || '–').join(' · ')}</td>
            <td>{row.truth}</td>
            {data.incumbent !== null && <Said answer={row.incumbent} truth={row.truth} />}
            <Said answer={row.candidate} truth={row.truth} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Said({ answer, truth }: { answer: ExplorerRow['incumbent']; truth: string }) {
  if (!answer) return <td className="ink-3">–</td>;
  const right = answer.label === truth;
  return (
    <td className={right ? 'good' : 'bad'}>
      {answer.label} {formatNumber(answer.confidence, 2)}
      <span className="sr-only">{right ? ', right' : ', wrong'}</span>
    </td>
  );
}

function captionOf({ incumbent, counts }: RowsPage): string {
  if (incumbent === null) return `${formatNumber(counts.candidate_wrong)} of ${formatNumber(counts.all)} rows`;
  return `${formatNumber(counts.changed)} of ${formatNumber(counts.all)} answers: ${formatNumber(counts.better)} right instead of wrong, ${formatNumber(counts.worse)} wrong instead of right`;
}
