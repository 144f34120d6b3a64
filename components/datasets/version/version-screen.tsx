'use client';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { Chip } from '#components/ui/chip.tsx';
import { formatNumber } from '#components/ui/format.ts';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen } from '#components/ui/screen.tsx';
import { TabLinks } from '#components/ui/tab-links.tsx';
import type { Usage, VersionDetail } from '#server/features/datasets/versions.schema.ts';
import { useDatasetEvents } from '../use-dataset-events.ts';
import { VersionState } from '../version-state.tsx';
import { LineageTab } from './lineage-tab.tsx';
import { QuarantineTab } from './quarantine-tab.tsx';
import { RowsTab } from './rows-tab.tsx';
import { UnfinishedVersion } from './unfinished-version.tsx';
import { VersionActions } from './version-actions.tsx';
import { VersionSide } from './version-side.tsx';
import { VersionStrip } from './version-strip.tsx';

/** One version of a dataset: rows under their profile, quarantine, where it comes from. */
export function VersionScreen({ dataset, number }: { dataset: string; number: number }) {
  const trpc = useTRPC();
  const project = useProject();
  const version = useQuery(trpc.datasets.version.queryOptions({ project: project.name, dataset, number }));
  useDatasetEvents();
  const path = `/${project.name}/datasets`;
  const open = version.data;
  const head = (
    <PageHead
      crumbs={[
        { label: 'Data', href: path },
        { label: dataset, href: `${path}/${dataset}` },
      ]}
      title={`v${number}`}
      state={open?.status === 'ready' ? <Chip>immutable</Chip> : open ? <VersionState version={open} /> : undefined}
      actions={open?.status === 'ready' ? <VersionActions version={open} /> : undefined}
    />
  );
  const side =
    open?.status === 'ready' ? <VersionSide version={open} usage={open.usage} path={`${path}/${dataset}`} /> : undefined;
  return (
    <Screen padded={false} head={head} side={side} sideTitle="About this version">
      <QueryGate query={version} what="This version" rows={12}>
        {(found) => <Body version={found} path={`${path}/${dataset}`} />}
      </QueryGate>
    </Screen>
  );
}

function Body({ version, path }: { version: VersionDetail & { usage: Usage }; path: string }) {
  const trpc = useTRPC();
  const project = useProject();
  const tab = useSearchParams().get('tab') ?? 'rows';
  const all = useQuery(trpc.datasets.get.queryOptions({ project: project.name, dataset: version.dataset }));
  const own = `${path}/${version.number}`;
  const tabs = [
    { key: 'rows', href: own, label: 'Rows', count: formatNumber(version.rowCount) },
    { key: 'quarantine', href: `${own}?tab=quarantine`, label: 'Quarantine', count: formatNumber(version.quarantinedCount) },
    { key: 'lineage', href: `${own}?tab=lineage`, label: 'Lineage' },
  ];
  return (
    <>
      <VersionStrip versions={all.data?.versions ?? [version]} current={version.number} path={path} />
      {version.status === 'ready' ? (
        <>
          <TabLinks label="Parts of this version" items={tabs} active={tabs.find((one) => one.key === tab)?.href ?? own} />
          {tab === 'quarantine' ? (
            <QuarantineTab version={version} />
          ) : tab === 'lineage' ? (
            <LineageTab version={version} />
          ) : (
            <RowsTab version={version} />
          )}
        </>
      ) : (
        <UnfinishedVersion version={version} />
      )}
    </>
  );
}
