'use client';
import { Button, NumberInput, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { type ProjectBrief, projectBriefSchema } from '#server/domain/brief.schema.ts';
import { AssumptionRows } from './brief-assumptions.tsx';
import { MetricFields } from './brief-metrics.tsx';
import { ValueFields } from './brief-values.tsx';
import s from './settings.module.css';

const MEGABYTE = 1_000_000;

/** The brief as a form; who may not change it reads the same form. */
export function BriefForm({ kept }: { kept: { number: number; brief: ProjectBrief } }) {
  const project = useProject();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [brief, setBrief] = useState(kept.brief);
  const [reason, setReason] = useState('');
  const [problems, setProblems] = useState<string[]>([]);
  const save = useMutation(
    trpc.projects.brief.save.mutationOptions({
      onSuccess: () => {
        notifications.show({ message: 'The brief is saved.' });
        return queryClient.invalidateQueries({ queryKey: trpc.projects.brief.pathKey() });
      },
    }),
  );
  const change = (part: Partial<ProjectBrief>) => setBrief((before) => ({ ...before, ...part }));
  const changed = JSON.stringify(brief) !== JSON.stringify(kept.brief);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = projectBriefSchema.safeParse(brief);
    setProblems(parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join(' ')}: ${issue.message}`));
    if (parsed.success)
      save.mutate({ project: project.name, brief: parsed.data, number: kept.number, reason: reason || undefined });
  };
  const { budgets } = brief;
  return (
    <form onSubmit={submit} className={s.brief}>
      <fieldset disabled={!project.can('model:write')} className={s.plain}>
        <Textarea
          label="Purpose"
          description="What its models decide or suggest, for whom, and what happens with their answers."
          autosize
          minRows={3}
          maxRows={14}
          value={brief.purpose}
          onChange={(event) => change({ purpose: event.currentTarget.value })}
        />
        <AssumptionRows rows={brief.assumptions} onChange={(assumptions) => change({ assumptions })} />
        <MetricFields brief={brief} onChange={change} />
        <ValueFields values={brief.values} onChange={(values) => change({ values })} />
        <fieldset className={s.plain}>
          <legend className={s.legend}>Budgets</legend>
          <div className={s.pair}>
            <NumberInput
              label="Latency of one row, 99th percentile, in ms"
              min={0.001}
              value={budgets.latencyP99Ms ?? ''}
              onChange={(value) => change({ budgets: { ...budgets, latencyP99Ms: positive(value) } })}
            />
            <NumberInput
              label="Size of a model, in MB"
              min={0.001}
              value={budgets.sizeBytes === null ? '' : budgets.sizeBytes / MEGABYTE}
              onChange={(value) => {
                const megabytes = positive(value);
                const sizeBytes = megabytes === null ? null : Math.max(1, Math.round(megabytes * MEGABYTE));
                change({ budgets: { ...budgets, sizeBytes } });
              }}
            />
          </div>
        </fieldset>
        {changed && (
          <div className={s.add}>
            <TextInput
              label="Why the change (kept with the revision)"
              maxLength={2_000}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Button onClick={() => setBrief(kept.brief)}>Discard</Button>
            <Button type="submit" variant="filled" loading={save.isPending}>
              Save the brief
            </Button>
          </div>
        )}
        {problems.map((problem) => (
          <p key={problem} className="bad" role="alert">
            {problem}
          </p>
        ))}
        {save.error && <ErrorLine error={save.error} />}
      </fieldset>
    </form>
  );
}

function positive(value: string | number): number | null {
  return typeof value === 'number' && value > 0 ? value : null;
}
