'use client';
import { Group, Input, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';

/** Chooses a dataset version by name and number; empty stands for none. */
export function DatasetChoice({
  label,
  description,
  value,
  onChange,
}: {
  label: string;
  description?: string;
  value: string;
  onChange: (versionId: string) => void;
}) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const [dataset, setDataset] = useState<string | null>(null);
  const datasets = useQuery(trpc.datasets.list.queryOptions({ project }));
  const versions = useQuery({
    ...trpc.datasets.get.queryOptions({ project, dataset: dataset ?? '' }),
    enabled: dataset !== null,
  });
  const ready = (versions.data?.versions ?? []).filter((version) => version.status === 'ready');
  return (
    <Input.Wrapper label={label} description={description}>
      <Group gap={8} mt={4} grow>
        <Select
          aria-label={`${label}: dataset`}
          placeholder="Dataset"
          clearable
          data={(datasets.data ?? []).map((one) => one.name)}
          value={dataset}
          onChange={(next) => {
            setDataset(next);
            onChange('');
          }}
        />
        <Select
          aria-label={`${label}: version`}
          placeholder={dataset ? 'Version' : 'Choose a dataset first'}
          disabled={dataset === null}
          data={ready.map((version) => ({ value: version.id, label: `v${version.number}` }))}
          value={value || null}
          onChange={(next) => onChange(next ?? '')}
        />
      </Group>
    </Input.Wrapper>
  );
}
