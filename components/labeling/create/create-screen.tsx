'use client';
import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Link } from '#components/ui/link.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen } from '#components/ui/screen.tsx';
import s from '../labeling.module.css';
import { CreateForm } from './create-form.tsx';

/** A new labeling project: first the rows that it is about, then the question. The choice stands in the address. */
export function CreateScreen() {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const datasets = useQuery(trpc.datasets.list.queryOptions({ project }));
  const usable = (datasets.data ?? []).filter((dataset) => dataset.latest !== null);
  const dataset = params.get('dataset') ?? usable[0]?.name ?? null;
  const choose = (next: Record<string, string>) => router.replace(`${path}?${new URLSearchParams(next)}`, { scroll: false });
  return (
    <Screen head={<PageHead crumbs={[{ label: 'Labeling', href: `/${project}/labeling` }]} title="New labeling project" />}>
      <QueryGate query={datasets} what="The datasets">
        {() =>
          dataset === null ? (
            <EmptyState
              title="There is no dataset yet"
              explanation="A labeling project asks about rows of a dataset. Bring in a file first; then its rows can be labeled here."
              action={
                <Button variant="filled" component={Link} href={`/${project}/datasets`}>
                  Go to the datasets
                </Button>
              }
            />
          ) : (
            <div className={s.form}>
              <ChooseVersion
                key={dataset}
                dataset={dataset}
                datasets={usable.map((one) => one.name)}
                chosen={Number(params.get('version')) || null}
                onChoose={choose}
              />
            </div>
          )
        }
      </QueryGate>
    </Screen>
  );
}

function ChooseVersion({
  dataset,
  datasets,
  chosen,
  onChoose,
}: {
  dataset: string;
  datasets: string[];
  chosen: number | null;
  onChoose: (next: Record<string, string>) => void;
}) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const known = useQuery(trpc.datasets.get.queryOptions({ project, dataset }));
  const ready = (known.data?.versions ?? []).filter((version) => version.status === 'ready').sort((a, b) => b.number - a.number);
  const number = chosen ?? ready[0]?.number ?? null;
  return (
    <>
      <div className={s.two}>
        <Select
          label="Dataset"
          allowDeselect={false}
          data={datasets}
          value={dataset}
          onChange={(value) => value && onChoose({ dataset: value })}
        />
        <Select
          label="Version"
          allowDeselect={false}
          value={number === null ? null : String(number)}
          data={ready.map((version) => ({
            value: String(version.number),
            label: `v${version.number}${version.note ? `: ${version.note}` : ''}`,
          }))}
          onChange={(value) => value && onChoose({ dataset, version: value })}
        />
      </div>
      <QueryGate query={known} what={`The versions of ${dataset}`}>
        {() =>
          number === null ? (
            <EmptyState
              compact
              title={`${dataset} has no version that is ready`}
              explanation="Wait until its import is done, or see on its page what went wrong."
            />
          ) : (
            <FormOfVersion key={number} dataset={dataset} number={number} />
          )
        }
      </QueryGate>
    </>
  );
}

function FormOfVersion({ dataset, number }: { dataset: string; number: number }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const version = useQuery(trpc.datasets.version.queryOptions({ project, dataset, number }));
  return (
    <QueryGate query={version} what={`${dataset} v${number}`}>
      {(data) => <CreateForm key={data.id} version={data} />}
    </QueryGate>
  );
}
