'use client';
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { formatNumber, shortHash } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import type { WhoAnswered } from '#server/features/record/record.schema.ts';
import { Asked, EvidenceLine, Words } from './ground-facts.tsx';
import s from './record.module.css';

/** For one request: which version answered, trained by which run on which data, approved by whom. */
export function AnswerPanel({ id, onAsk }: { id: string | null; onAsk: (id: string) => void }) {
  const project = useProject();
  const trpc = useTRPC();
  const [text, setText] = useState(id ?? '');
  const query = useQuery(
    trpc.record.prediction.queryOptions({ project: project.name, id: id ?? '' }, { enabled: Boolean(id), retry: false }),
  );
  return (
    <>
      <form
        className={s.ask}
        onSubmit={(event) => {
          event.preventDefault();
          onAsk(text.trim());
        }}
      >
        <TextInput
          label="Request id, or a prediction’s id"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={128}
        />
        <Button type="submit" disabled={text.trim() === ''}>
          Look up
        </Button>
      </form>
      {id ? (
        <QueryGate query={query} what="The answer" rows={6}>
          {(found) => <Chain project={project.name} found={found} />}
        </QueryGate>
      ) : (
        <p className="explain ink-2">
          Give the id of a request to see which version answered it, what that was trained on, and who let it in.
        </p>
      )}
    </>
  );
}

function Chain({ project, found }: { project: string; found: WhoAnswered }) {
  const { prediction: p, version: v, run, data, ground } = found;
  const says = p.errorCode
    ? `failed with ${p.errorCode}`
    : `said ${p.label ?? 'a figure'}${p.confidence === null ? '' : ` (${formatNumber(p.confidence, 3)})`}`;
  return (
    <div className={s.steps}>
      <Step title="The answer">
        <Link className="link" href={`/${project}/predictions/${p.id}`}>
          {p.deployment}
        </Link>{' '}
        {says}, <DateTime at={p.at} seconds />
        {p.rollout !== null && `, ${p.arm} of rollout ${p.rollout}`}.
      </Step>
      <Step title="The version that gave it">
        <Link className="link" href={`/${project}/models/${encodeURIComponent(v.model)}/${v.number}`}>
          {v.model} v{v.number}
        </Link>
        {v.stage === null ? ', in no stage but its first' : `, in ${v.stage} since `}
        {v.since && <DateTime at={v.since} />}
        {v.movedBy && `, moved by ${v.movedBy}`}. Graph{' '}
        <span className="mono" title={v.graphKey}>
          {shortHash(v.graphKey)}
        </span>
        .
      </Step>
      <Step title="Let in by">
        {ground ? (
          <>
            Asked for by <Asked project={project} ground={ground} />
            <Words ground={ground} />
            <p>
              <EvidenceLine ground={ground} />
            </p>
          </>
        ) : (
          <>No request: {v.stageReason ?? 'it had not been moved when it answered'}.</>
        )}
      </Step>
      <Step title="Trained by">
        {run ? (
          <>
            <Link
              className="link"
              href={`/${project}/experiments/${encodeURIComponent(run.experiment)}/runs/${encodeURIComponent(run.name)}`}
            >
              {run.name}
            </Link>{' '}
            in {run.experiment}
            {run.startedBy && `, started by ${run.startedBy}`}
            {run.endedAt && (
              <>
                , <DateTime at={run.endedAt} />
              </>
            )}
            .
          </>
        ) : (
          <>
            No run: it was uploaded{v.registeredBy && ` by ${v.registeredBy}`}, <DateTime at={v.registeredAt} />.
          </>
        )}
      </Step>
      <Step title="On">
        {data.length === 0 ? (
          <>No dataset version is named.</>
        ) : (
          data.map((one, i) => (
            <div key={one.id}>
              {i > 0 && <span className="ink-3">made from </span>}
              <Link className="link" href={`/${project}/datasets/${encodeURIComponent(one.dataset)}/${one.number}`}>
                {one.dataset} v{one.number}
              </Link>
              {one.rows !== null && `, ${one.rows.toLocaleString('en')} rows`}
            </div>
          ))
        )}
      </Step>
    </div>
  );
}

function Step({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={s.step}>
      <h2>{title}</h2>
      <div>{children}</div>
    </section>
  );
}
