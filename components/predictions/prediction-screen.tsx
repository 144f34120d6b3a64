'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useLive } from '#components/shell/live.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { refresh } from '#components/shell/refresh.ts';
import { useTRPC } from '#components/shell/trpc.ts';
import { Chip } from '#components/ui/chip.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen, Section } from '#components/ui/screen.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import type { PredictionDetail } from '#server/features/predictions/predictions.schema.ts';
import { OutcomeMark } from './outcome-mark.tsx';
import { PredictionFacts } from './prediction-facts.tsx';
import { InputFields, Scores, Siblings, WayBack } from './prediction-parts.tsx';

/** One request: what came in, what was answered, what became of it, and the way back to data and approval. */
export function PredictionScreen({
  id,
  actions,
  why,
}: {
  id: string;
  actions?: (row: PredictionDetail) => ReactNode;
  /** Why this was answered; stands under the answer. */
  why?: (row: PredictionDetail) => ReactNode;
}) {
  const project = useProject();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const query = useQuery(trpc.predictions.get.queryOptions({ project: project.name, id }));
  const open = query.data && query.data.outcome === null;
  useLive(open ? ['prediction.outcome'] : [], () => refresh(queries, { queryKey: trpc.predictions.get.queryKey() }));
  const crumbs = [{ label: 'Predictions', href: `/${project.name}/predictions` }];
  return (
    <Screen
      padded={false}
      head={
        <PageHead
          crumbs={crumbs}
          title={query.data ? titleOf(query.data) : 'Prediction'}
          state={query.data && <State row={query.data} />}
          actions={query.data && actions?.(query.data)}
        />
      }
      sideTitle="Request"
      {...(query.data ? { side: <PredictionFacts row={query.data} /> } : {})}
    >
      <QueryGate query={query} what="The prediction">
        {(row) => (
          <>
            <Section padded>
              <Sentence explanation={<OutcomeMark {...row} />}>{sentenceOf(row)}</Sentence>
            </Section>
            <Section padded divided title="Input">
              <InputFields input={row.input} />
            </Section>
            {row.output && (
              <Section padded divided title="Answer">
                <Scores output={row.output} label={row.label} />
              </Section>
            )}
            {row.output && why && (
              <Section padded divided title="Why this answer" caption="what each part of the input adds">
                {why(row)}
              </Section>
            )}
            <Section padded divided title="Where it comes from" caption="from the request back to the data and the approval">
              <WayBack row={row} />
            </Section>
            {row.siblings.length > 0 && (
              <Section padded divided title="The same request" caption="its other instances">
                <Siblings row={row} />
              </Section>
            )}
          </>
        )}
      </QueryGate>
    </Screen>
  );
}

function titleOf(row: PredictionDetail): string {
  return row.siblings.length > 0 ? `${row.requestId} #${row.index}` : row.requestId;
}

function State({ row }: { row: PredictionDetail }) {
  return <Chip tone={row.arm === 'canary' ? 'accent' : 'plain'}>{row.arm}</Chip>;
}

function sentenceOf(row: PredictionDetail): string {
  const who = `${row.model} version ${row.version}`;
  if (row.errorCode !== null) return `${who} gave no answer.`;
  if (row.label === null) return `${who} answered.`;
  return `${who} said ${row.label}.`;
}
