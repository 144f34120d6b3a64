'use client';
import { Button, Popover, Select } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { formatCount } from '#components/ui/format.ts';
import type { WindowSize } from '#server/domain/drift/windows.ts';
import s from './monitoring.module.css';
import type { Shown } from './prepare-range.ts';
import type { MonitorAddress } from './use-monitor-address.ts';
import { dayInAddress, rangeName, windowName } from './window-words.ts';

/** From which window to which; stands in the address. */
export function RangePicker({ shown, size, address }: { shown: Shown; size: WindowSize; address: MonitorAddress }) {
  const names = shown.all.map(({ from }) => ({ value: dayInAddress(from), label: windowName(from, size) }));
  const first = dayInAddress(shown.from);
  const last = dayInAddress(shown.slots.at(-1)?.from ?? shown.from);
  return (
    <Popover position="bottom-end" width={280} trapFocus withinPortal>
      <Popover.Target>
        <Button leftSection={<IconCalendar size={16} stroke={1.75} aria-hidden />}>{rangeName(shown.from, shown.end)}</Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={s.range}>
          <Select
            label="First"
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            data={names.filter(({ value }) => value <= last)}
            value={first}
            onChange={(value) => value && address.change({ from: value, to: last })}
          />
          <Select
            label="Last"
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            data={names.filter(({ value }) => value >= first)}
            value={last}
            onChange={(value) => value && address.change({ from: first, to: value })}
          />
          {shown.outside > 0 && <p className="caption">{formatCount(shown.outside, 'request')} lie outside of these windows.</p>}
          <div className={s.acts}>
            <Button size="xs" onClick={() => address.change({ from: names[0]?.value ?? null, to: names.at(-1)?.value ?? null })}>
              All {shown.all.length}
            </Button>
            <Button size="xs" onClick={() => address.change({ from: null, to: null })}>
              The newest
            </Button>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
