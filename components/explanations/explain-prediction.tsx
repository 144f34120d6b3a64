'use client';
import { useQuery } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { RowExplanation } from './row-explanation.tsx';

/** Why a logged prediction was answered as it was, by the version that answered. */
export function ExplainPrediction({ id }: { id: string }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const query = useQuery(trpc.explanations.prediction.queryOptions({ project, id }, { staleTime: Number.POSITIVE_INFINITY }));
  return (
    <QueryGate query={query} what="The explanation" rows={4}>
      {(explanation) => <RowExplanation explanation={explanation} />}
    </QueryGate>
  );
}
