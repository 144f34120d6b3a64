'use client';
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import s from '../experiments.module.css';

type Choice = { dataset: string; version: number | null };

/** Which version of which dataset to learn from; only versions that are ready are offered, the newest first. */
export function DataChoice({ dataset, version, onChange }: Choice & { onChange: (choice: Choice) => void }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const datasets = useQuery(trpc.datasets.list.queryOptions({ project }));
  const chosen = useQuery({ ...trpc.datasets.get.queryOptions({ project, dataset }), enabled: dataset !== '' });
  const ready = (chosen.data?.versions ?? []).filter(({ status }) => status === 'ready').sort((a, b) => b.number - a.number);
  const only = datasets.data?.length === 1 ? datasets.data[0]?.name : undefined;
  const newest = ready[0]?.number;
  useEffect(() => {
    if (dataset === '' && only !== undefined) onChange({ dataset: only, version: null });
    else if (dataset !== '' && version === null && newest !== undefined) onChange({ dataset, version: newest });
  });
  if (datasets.error && !datasets.data)
    return <ErrorState error={datasets.error} what="The datasets could not be read." onRetry={() => void datasets.refetch()} />;
  if (datasets.data?.length === 0)
    return (
      <EmptyState
        title="There is no data to learn from yet"
        explanation="Trials learn from a version of a dataset that has labels and is divided into train and test. Upload one under Data first."
      />
    );
  return (
    <div className={s.two}>
      <Select
        label="Dataset"
        placeholder="Choose a dataset"
        data={(datasets.data ?? []).map((one) => one.name)}
        value={dataset === '' ? null : dataset}
        allowDeselect={false}
        onChange={(next) => next && onChange({ dataset: next, version: null })}
      />
      <Select
        label="Version"
        placeholder={dataset === '' ? 'Choose a dataset first' : 'Choose a version'}
        disabled={dataset === ''}
        data={ready.map((one) => ({
          value: String(one.number),
          label: `v${one.number}, ${one.rowCount === null ? '–' : formatCount(one.rowCount, 'row')}`,
        }))}
        value={version === null ? null : String(version)}
        allowDeselect={false}
        onChange={(next) => next && onChange({ dataset, version: Number(next) })}
        error={
          chosen.error
            ? 'The versions of this dataset could not be read.'
            : chosen.data && ready.length === 0 && 'No version of this dataset is ready.'
        }
      />
    </div>
  );
}
