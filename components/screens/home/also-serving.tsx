'use client';
import { useMemo } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { Sparkline } from '#components/ui/sparkline.tsx';
import type { Served } from '#server/features/home/home.schema.ts';
import { sparkDomain } from './plain-figure.ts';
import { ServedState } from './served-main.tsx';

const SPARK = 112;
const LEAST_SPAN = 0.2;

/** The other deployments, a row each. */
export function AlsoServing({ served }: { served: readonly Served[] }) {
  const project = useProject();
  const columns = useMemo<Column<Served>[]>(
    () => [
      {
        id: 'name',
        head: 'Also serving',
        width: 184,
        cell: (row) => (
          <>
            <span className="strong">{row.deployment}</span> {row.version !== null && <Chip>v{row.version}</Chip>}
          </>
        ),
        sort: (row) => row.deployment,
      },
      { id: 'words', head: 'In plain words', cell: (row) => row.sentence },
      {
        id: 'figure',
        head: 'How often right',
        width: SPARK + 24,
        hideBelow: 1280,
        cell: (row) => {
          const figure = row.figures[0];
          return figure ? (
            <Sparkline
              values={figure.history}
              width={SPARK}
              color="var(--ink-2)"
              domain={sparkDomain(figure.history, LEAST_SPAN)}
              label={`${figure.label} by ${row.window ?? 'window'}`}
            />
          ) : null;
        },
      },
      {
        id: 'requests',
        head: 'Requests',
        width: SPARK + 24,
        hideBelow: 1280,
        cell: (row) => (
          <Sparkline
            values={row.requests}
            width={SPARK}
            color="var(--ink-2)"
            domain={[0, Math.max(1, ...row.requests.map((n) => n ?? 0))]}
            label={`Requests by ${row.window ?? 'window'}`}
          />
        ),
      },
      { id: 'state', head: 'State', width: 168, align: 'right', cell: (row) => <ServedState served={row} /> },
    ],
    [],
  );
  if (served.length === 0) return null;
  return (
    <DataTable
      label="Also serving"
      columns={columns}
      rows={served}
      rowKey={(row) => row.deployment}
      href={(row) => `/${project.name}/deployments/${row.deployment}`}
      rowHeight={36}
    />
  );
}
