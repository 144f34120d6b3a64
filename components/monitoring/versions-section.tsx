'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { formatNumber, formatPercent, formatRange } from '#components/ui/format.ts';
import { Interval } from '#components/ui/interval.tsx';
import { Section } from '#components/ui/screen.tsx';
import { StagePips } from '#components/ui/stage-pips.tsx';
import { windowEnd } from '#server/domain/drift/windows.ts';
import type { Shown } from './prepare-range.ts';
import { intervalDomain, type ServedVersion, servedVersions } from './prepare-versions.ts';
import type { MonitorDetail } from './types.ts';
import { rangeName } from './window-words.ts';

/** Which versions answered in the windows shown, how much, and how often each was right. */
export function VersionsSection({ monitor, shown }: { monitor: MonitorDetail; shown: Shown }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const model = useQuery({ ...trpc.models.get.queryOptions({ project, model: monitor.model }), enabled: monitor.model !== '' });
  const versions = servedVersions(shown.slots);
  const known = model.data?.versions;
  const size = monitor.settings.window;
  const columns = useMemo<Column<ServedVersion>[]>(() => {
    const domain = intervalDomain(versions.map(({ right }) => right));
    const total = versions.reduce((sum, { rows }) => sum + rows, 0);
    const find = (id: string) => known?.find((version) => version.id === id);
    return [
      {
        id: 'version',
        head: 'Version',
        width: 88,
        cell: (row) => (find(row.id) ? `v${find(row.id)?.number}` : '…'),
        sort: (row) => find(row.id)?.number,
      },
      { id: 'stage', head: 'Stage now', width: 128, cell: (row) => known && <StagePips stage={find(row.id)?.stage ?? 'none'} /> },
      {
        id: 'when',
        head: 'Answered',
        cell: (row) => rangeName(row.first, windowEnd(row.last, size)),
        sort: (row) => row.last,
      },
      { id: 'rows', head: 'Requests', align: 'right', cell: (row) => formatNumber(row.rows, 0), sort: (row) => row.rows },
      {
        id: 'share',
        head: 'of all',
        align: 'right',
        width: 72,
        cell: (row) => formatPercent(row.rows / Math.max(1, total)),
        hideBelow: 1280,
      },
      {
        id: 'known',
        head: 'Known outcomes',
        align: 'right',
        width: 120,
        cell: (row) => formatNumber(row.known, 0),
        sort: (row) => row.known,
      },
      {
        id: 'right',
        head: 'Right',
        align: 'right',
        cell: (row) => <span className="strong">{formatPercent(row.right?.estimate, 1)}</span>,
        sort: (row) => row.right?.estimate,
      },
      {
        id: 'interval',
        head: `95 % interval, ${formatPercent(domain[0])} to ${formatPercent(domain[1])}`,
        width: 208,
        hideBelow: 1100,
        cell: (row) =>
          row.right && (
            <Interval
              estimate={row.right.estimate}
              lower={row.right.lower}
              upper={row.right.upper}
              domain={domain}
              label={`Right ${formatPercent(row.right.estimate, 1)}, 95 % interval ${formatRange(row.right.lower * 100, row.right.upper * 100, 1)} of 100`}
            />
          ),
      },
    ];
  }, [versions, known, size]);
  return (
    <Section
      divided
      padded
      title="Versions that answered"
      caption={`${rangeName(shown.from, shown.end)}; not on the same requests, so compare them below`}
    >
      <DataTable
        label="Versions that answered"
        columns={columns}
        rows={versions}
        rowKey={(row) => row.id}
        {...(known && {
          href: (row: ServedVersion) =>
            `/${project}/models/${monitor.model}/${known.find(({ id }) => id === row.id)?.number ?? ''}`,
        })}
      />
    </Section>
  );
}
