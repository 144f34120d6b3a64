'use client';
import { useQuery } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { RowExplanation } from './row-explanation.tsx';

/** Why a version answers a row of a dataset version as it does. `row` is the row's number (`_row`). */
export function ExplainRow(place: { model: string; number: number; datasetVersionId: string; row: number }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const query = useQuery(trpc.explanations.row.queryOptions({ project, ...place }, { staleTime: Number.POSITIVE_INFINITY }));
  return (
    <QueryGate query={query} what="The explanation" rows={4}>
      {(explanation) => <RowExplanation explanation={explanation} />}
    </QueryGate>
  );
}
