'use client';
import { Button } from '@mantine/core';
import { IconDatabasePlus, IconRefresh } from '@tabler/icons-react';
import { useProject } from '#components/shell/project-context.tsx';
import { Link } from '#components/ui/link.tsx';
import { Finding } from '#components/ui/sentence.tsx';
import type { MonitorDetail } from './types.ts';
import type { ActName, MonitorAddress } from './use-monitor-address.ts';
import { windowName } from './window-words.ts';

const TONES = { drift: 'bad', possible: 'warn', no: 'quiet', unknown: 'quiet' } as const;

/** The finding in a sentence, since when, whether the outcomes show that it matters; and what can be done. */
export function FindingBand({ monitor, address }: { monitor: MonitorDetail; address: MonitorAddress }) {
  const project = useProject();
  const { current } = monitor;
  const unseen = monitor.alerts.some((alert) => alert.resolvedAt === null && alert.acknowledgedAt === null);
  const moved = current.state === 'drift' || current.state === 'possible';
  const toggle = (act: ActName) => ({
    'aria-expanded': address.act === act,
    onClick: () => address.change({ do: address.act === act ? null : act }),
  });
  return (
    <Finding
      tone={TONES[current.state]}
      title={current.sentence}
      actions={
        <>
          {unseen && project.can('monitor:write') && <Button {...toggle('acknowledge')}>Acknowledge…</Button>}
          {project.can('run:write') && monitor.reference && (
            <Button
              component={Link}
              href={launchPath(project.name, monitor.reference.datasetName, monitor.reference.datasetVersion)}
              leftSection={<IconRefresh size={16} stroke={1.75} aria-hidden />}
            >
              Retrain…
            </Button>
          )}
          {project.can('data:write') && monitor.reference && (
            <Button
              variant={moved && address.act === null ? 'filled' : 'default'}
              leftSection={<IconDatabasePlus size={16} stroke={1.75} aria-hidden />}
              {...toggle('dataset')}
            >
              Make a dataset version…
            </Button>
          )}
        </>
      }
    >
      {moved &&
        current.since &&
        `${current.state === 'drift' ? 'Drift' : 'Possible'} since ${windowName(current.since, monitor.settings.window)}. `}
      {current.explanation}
    </Finding>
  );
}

/** The form that launches trials, with this dataset version chosen. */
export function launchPath(project: string, dataset: string, version: number): string {
  return `/${project}/experiments/launch?${new URLSearchParams({ dataset, version: String(version) })}`;
}
