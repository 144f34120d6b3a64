'use client';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatCount, formatNumber } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import { Section } from '#components/ui/screen.tsx';
import type { Change, Evidence } from '#server/features/models/evidence.schema.ts';
import s from './promotion.module.css';

const SHOWN = 8;
/** So many rows are frozen with a request. */
const KEPT = 100;

/** The rows whose answer would change, with both answers and what is true. */
export function ChangesPanel({ evidence, requestId, model }: { evidence: Evidence; requestId: string; model: string }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const [all, setAll] = useState(false);
  const rest = useQuery({ ...trpc.promotions.changes.queryOptions({ project, id: requestId }), enabled: all });
  const { changes, incumbent, candidate } = evidence;
  if (!changes || !incumbent) return null;
  const rows = all ? (rest.data ?? changes.rows) : changes.rows.slice(0, SHOWN);
  const openable = Math.min(changes.total, KEPT);
  const fields = changes.rows[0]?.fields.slice(0, 2).map(({ name }) => name) ?? [];
  return (
    <Section
      padded
      title="What would change"
      caption={`${formatCount(changes.total, 'answer')}: ${changes.better} right instead of wrong, ${changes.worse} wrong instead of right`}
      actions={
        changes.total > SHOWN && (
          <Button size="xs" variant="subtle" onClick={() => setAll(!all)} aria-expanded={all}>
            {all ? 'Show fewer' : openable < changes.total ? `Open ${openable}` : `Open all ${openable}`}
          </Button>
        )
      }
    >
      {changes.total > 0 && (
        <p className="caption">
          As frozen.{' '}
          <Link
            className="link"
            href={`/${project}/models/${encodeURIComponent(model)}/rows?candidate=${candidate.number}&incumbent=${incumbent.number}`}
          >
            Filter and tag the rows
          </Link>
        </p>
      )}
      {changes.total === 0 ? (
        <p className="ink-2">Both versions answer every row alike.</p>
      ) : (
        <table className={`${s.table} ${s.fixed}`}>
          <colgroup>
            {fields.map((name, index) => (
              <col key={name} style={{ width: index === 0 && fields.length > 1 ? '26%' : undefined }} />
            ))}
            <col style={{ width: 48 }} />
            <col style={{ width: 84 }} />
            <col style={{ width: 84 }} />
          </colgroup>
          <thead>
            <tr>
              {fields.map((name) => (
                <th key={name} scope="col" className={s.left}>
                  {name}
                </th>
              ))}
              <th scope="col" className={s.left}>
                is
              </th>
              <th scope="col">v{incumbent.number}</th>
              <th scope="col">v{candidate.number}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((change) => (
              <tr key={change.row}>
                {fields.map((name) => {
                  const value = change.fields.find((field) => field.name === name)?.value ?? '';
                  return (
                    <td key={name} className={s.words} title={value}>
                      {value || '–'}
                    </td>
                  );
                })}
                <td className={s.left}>{change.truth}</td>
                <Answer answer={change.incumbent} truth={change.truth} />
                <Answer answer={change.candidate} truth={change.truth} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {all && rest.error && <ErrorLine error={rest.error} />}
      {all && changes.total > rows.length && !rest.isPending && (
        <p className="caption">
          The first {rows.length} of {formatNumber(changes.total)} are shown.
        </p>
      )}
    </Section>
  );
}

function Answer({ answer, truth }: { answer: Change['candidate']; truth: string }) {
  const right = answer.label === truth;
  return (
    <td className={right ? 'good' : 'bad'}>
      {answer.label} {formatNumber(answer.confidence, 2)}
      <span className="sr-only">{right ? ', right' : ', wrong'}</span>
    </td>
  );
}
