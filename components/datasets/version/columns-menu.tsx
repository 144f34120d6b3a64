'use client';
import { Button, Checkbox, Popover } from '@mantine/core';
import { IconColumns } from '@tabler/icons-react';
import { useState } from 'react';
import type { VersionDetail } from '#server/features/datasets/versions.schema.ts';
import { KindIcon } from '../kinds.tsx';
import s from './version.module.css';

const FIT = 7;

export type ShownColumns = { columns: number[]; toggle: (index: number) => void };

/** Which columns stand in the table: at first those that fit, label and time before others, keys only where there is room. */
export function useShownColumns(version: VersionDetail): ShownColumns {
  const [shown, setShown] = useState<ReadonlySet<number>>(() => new Set(firstColumns(version)));
  return {
    columns: version.columns.flatMap((_, index) => (shown.has(index) ? [index] : [])),
    toggle: (index) => setShown((before) => toggled(before, index)),
  };
}

function firstColumns(version: VersionDetail): number[] {
  const order = { time: 0, label: 1, category: 2, text: 3, number: 4, key: 5, ignore: 6 };
  const indexes = version.columns.map((_, index) => index);
  const wanted = indexes.filter((index) => indexes.length <= 4 || kindAt(version, index) !== 'key');
  return wanted.toSorted((a, b) => order[kindAt(version, a)] - order[kindAt(version, b)] || a - b).slice(0, FIT);
}

function kindAt(version: VersionDetail, index: number) {
  return version.columns[index]?.kind ?? 'ignore';
}

function toggled(before: ReadonlySet<number>, index: number): ReadonlySet<number> {
  const next = new Set(before);
  if (!next.delete(index)) next.add(index);
  return next;
}

export function ColumnsMenu({ version, shown }: { version: VersionDetail; shown: ShownColumns }) {
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button leftSection={<IconColumns size={16} stroke={1.75} aria-hidden />}>Columns</Button>
      </Popover.Target>
      <Popover.Dropdown>
        <fieldset className={s.menu} aria-label="Columns in the table">
          {version.columns.map((column, index) => (
            <Checkbox
              key={column.name}
              size="xs"
              label={
                <>
                  <KindIcon kind={column.kind} /> {column.name}
                </>
              }
              checked={shown.columns.includes(index)}
              onChange={() => shown.toggle(index)}
            />
          ))}
        </fieldset>
      </Popover.Dropdown>
    </Popover>
  );
}
