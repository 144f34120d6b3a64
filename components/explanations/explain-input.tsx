'use client';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import s from './explanations.module.css';
import { RowExplanation } from './row-explanation.tsx';

type Cell = string | number | null;

/** Asks why a version answers an input as it does, when somebody wants to know. */
export function ExplainInput({
  model,
  number,
  instance,
}: {
  model: string;
  number: number;
  instance: Readonly<Record<string, Cell>>;
}) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const explain = useMutation(trpc.explanations.input.mutationOptions());
  const asked = JSON.stringify(instance);
  const current = explain.data && JSON.stringify(explain.variables?.instance) === asked ? explain.data : null;
  return (
    <div className={s.stack}>
      <Button
        size="xs"
        loading={explain.isPending}
        onClick={() => explain.mutate({ project, model, number, instance: { ...instance } })}
      >
        Explain this answer
      </Button>
      {explain.error && <ErrorLine error={explain.error} />}
      <div aria-live="polite">{current && <RowExplanation explanation={current} />}</div>
    </div>
  );
}
