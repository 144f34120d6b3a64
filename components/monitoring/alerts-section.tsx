'use client';
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { DateTime, RelativeTime } from '#components/ui/date-time.tsx';
import { Section } from '#components/ui/screen.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { AlertView } from '#server/features/monitoring/monitors.schema.ts';
import type { MonitorDetail } from './types.ts';
import type { MonitorAddress } from './use-monitor-address.ts';
import { windowName } from './window-words.ts';

const NO_SUBJECT: Record<string, string> = { accuracy: 'Accuracy' };

/** Every alert there was: open, acknowledged or over. */
export function AlertsSection({ monitor, address }: { monitor: MonitorDetail; address: MonitorAddress }) {
  const project = useProject();
  const { subjects } = monitor;
  const size = monitor.settings.window;
  const columns = useMemo<Column<AlertView>[]>(
    () => [
      { id: 'state', head: 'State', width: 136, cell: (row) => <AlertState alert={row} /> },
      {
        id: 'subject',
        head: 'Subject',
        width: 136,
        cell: (row) => subjects.find(({ key }) => key === row.subject)?.title ?? NO_SUBJECT[row.subject] ?? row.subject,
        sort: (row) => row.subject,
      },
      {
        id: 'sentence',
        head: 'What was found',
        cell: (row) => (
          <span className="truncate" title={row.sentence}>
            {row.sentence}
          </span>
        ),
      },
      {
        id: 'since',
        head: size === 'week' ? 'Since week of' : 'Since',
        width: 104,
        cell: (row) => windowName(row.since, 'day'),
        sort: (row) => row.since,
      },
      {
        id: 'opened',
        head: 'Opened',
        width: 112,
        cell: (row) => <RelativeTime at={row.openedAt} />,
        sort: (row) => row.openedAt,
      },
      {
        id: 'seen',
        head: 'Acknowledged',
        width: 208,
        cell: (row) =>
          row.acknowledgedAt ? (
            <span className="truncate" title={row.note ?? undefined}>
              {row.acknowledgedBy}, <DateTime at={row.acknowledgedAt} />
              {row.note && `: “${row.note}”`}
            </span>
          ) : (
            <span className="ink-3">–</span>
          ),
        hideBelow: 1100,
      },
    ],
    [subjects, size],
  );
  const waits = (row: AlertView) => row.resolvedAt === null && row.acknowledgedAt === null && project.can('monitor:write');
  return (
    <Section divided padded title="Alerts" caption="open when a subject drifts, closed by themselves when it is back">
      <DataTable
        label="Alerts"
        columns={columns}
        rows={monitor.alerts}
        rowKey={(row) => row.id}
        initialSort={{ id: 'opened', desc: true }}
        actions={(row) =>
          waits(row) ? (
            <Button size="xs" onClick={() => address.change({ do: 'acknowledge' })}>
              Acknowledge…
            </Button>
          ) : null
        }
        actionsWidth={120}
        empty={<p className="ink-2">No alert so far.</p>}
      />
    </Section>
  );
}

function AlertState({ alert }: { alert: AlertView }) {
  if (alert.resolvedAt) return <StatePill state="done">Over</StatePill>;
  if (alert.acknowledgedAt) return <StatePill state="paused">Acknowledged</StatePill>;
  return alert.severity === 'drift' ? (
    <StatePill state="alert">Open, drift</StatePill>
  ) : (
    <StatePill state="possible">Open, possible</StatePill>
  );
}
