'use client';
import { useMemo } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatNumber, formatPercent } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import { StagePips } from '#components/ui/stage-pips.tsx';
import type { ModelDetail, VersionSummary } from '#server/features/models/models.schema.ts';
import { AliasChips } from './alias-chips.tsx';

/** The versions of a model with their stages, their figures and where they serve. */
export function VersionsTable({ model }: { model: ModelDetail }) {
  const project = useProject();
  const asked = model.versions.some((version) => version.openRequest !== null);
  const aliased = model.versions.some((version) => version.aliases.length > 0);
  const columns = useMemo(
    () => columnsFor(project.name, model.positive, asked, aliased),
    [project.name, model.positive, asked, aliased],
  );
  return (
    <DataTable
      label="Versions"
      inset
      rowHeight={36}
      columns={columns}
      rows={model.versions}
      rowKey={(row) => row.id}
      href={(row) => `/${project.name}/models/${model.name}/${row.number}`}
      empty={<EmptyState compact title="No version yet" explanation="Register a run or upload an ONNX file." />}
    />
  );
}

function columnsFor(project: string, positive: string | null, asked: boolean, aliased: boolean): Column<VersionSummary>[] {
  return [
    { id: 'number', head: 'Version', cell: (row) => `v${row.number}`, sort: (row) => row.number, width: 72 },
    { id: 'stage', head: 'Stage', cell: (row) => <StagePips stage={row.stage} word />, sort: (row) => row.stage, width: 128 },
    ...(aliased
      ? [{ id: 'aliases', head: 'Aliases', width: 168, cell: (row: VersionSummary) => <AliasChips aliases={row.aliases} /> }]
      : []),
    ...(asked ? [requestColumn(project)] : []),
    { id: 'serves', head: 'Answers as', cell: (row) => servesAs(row), hideBelow: 1100 },
    {
      id: 'f1',
      head: positive === null ? 'F1, mean' : `F1 of ${positive}`,
      align: 'right',
      cell: (row) => formatNumber(row.metrics?.f1, 3),
      sort: (row) => row.metrics?.f1,
      title: 'On the test part of the data that it learned from',
      width: 96,
    },
    {
      id: 'accuracy',
      head: 'Accuracy',
      align: 'right',
      cell: (row) => formatNumber(row.metrics?.accuracy, 3),
      sort: (row) => row.metrics?.accuracy,
    },
    {
      id: 'from',
      head: 'From',
      cell: (row) =>
        row.run ? (
          <Link className="link" href={`/${project}/experiments/${row.run.experiment}/runs/${row.run.name}`}>
            {row.run.name}
          </Link>
        ) : (
          <span className="ink-2">uploaded file</span>
        ),
    },
    {
      id: 'data',
      head: 'Learned from',
      cell: (row) =>
        row.dataset ? (
          <Link className="link" href={`/${project}/datasets/${row.dataset.name}/${row.dataset.number}`}>
            {row.dataset.name} v{row.dataset.number}
          </Link>
        ) : (
          <span className="ink-3">not known</span>
        ),
      hideBelow: 1440,
    },
    {
      id: 'made',
      head: 'Registered',
      cell: (row) => <RelativeTime at={row.createdAt} />,
      sort: (row) => row.createdAt,
      width: 112,
      hideBelow: 1440,
    },
  ];
}

/** Stands there only while a version is asked for. */
function requestColumn(project: string): Column<VersionSummary> {
  return {
    id: 'request',
    head: 'Request',
    width: 128,
    cell: (row) =>
      row.openRequest ? (
        <Link className="link" href={`/${project}/models/requests/${row.openRequest.id}`}>
          for {row.openRequest.targetStage}
        </Link>
      ) : (
        <span className="ink-3">–</span>
      ),
  };
}

function servesAs(row: VersionSummary) {
  if (row.servedBy.length === 0) return <span className="ink-3">–</span>;
  return row.servedBy.map(({ name, arm, weight }) => (
    <div key={`${name} ${arm}`} className="truncate">
      {name}{' '}
      <span className={arm === 'canary' ? 'strong' : 'ink-3'}>
        {arm === 'canary' || weight < 1 ? `${arm}, ${formatPercent(weight, 0)}` : ''}
      </span>
    </div>
  ));
}
