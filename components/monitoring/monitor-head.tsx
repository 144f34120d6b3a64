'use client';
import { Button } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useProject } from '#components/shell/project-context.tsx';
import { Chip } from '#components/ui/chip.tsx';
import type { Shown } from './prepare-range.ts';
import { RangePicker } from './range-picker.tsx';
import type { MonitorDetail } from './types.ts';
import type { MonitorAddress } from './use-monitor-address.ts';

/** The version in production, and how many subjects are in which state. */
export function MonitorState({ monitor }: { monitor: MonitorDetail }) {
  const { drift, possible, no } = monitor.current.counts;
  return (
    <>
      {monitor.reference && <Chip>v{monitor.reference.modelVersion}</Chip>}
      {monitor.subjects.length > 0 && (
        <span className="num">
          <span className={drift > 0 ? 'bad strong' : 'ink-3'}>{drift} drift</span>
          <span className="ink-3"> · </span>
          <span className={possible > 0 ? 'warn strong' : 'ink-3'}>{possible} possible</span>
          <span className="ink-3"> · {no} no</span>
        </span>
      )}
    </>
  );
}

export function MonitorActions({
  monitor,
  shown,
  address,
}: {
  monitor: MonitorDetail;
  shown: Shown | null;
  address: MonitorAddress;
}) {
  const project = useProject();
  const open = address.act === 'thresholds';
  return (
    <>
      {shown && <RangePicker shown={shown} size={monitor.settings.window} address={address} />}
      <Button
        leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.75} aria-hidden />}
        aria-expanded={open}
        onClick={() => address.change({ do: open ? null : 'thresholds' })}
      >
        {project.can('monitor:write') ? 'Windows and thresholds' : 'Thresholds'}
      </Button>
    </>
  );
}
