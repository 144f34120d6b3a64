'use client';
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDownload, IconTable } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import { type ChartTable, toCsv } from '../prepare/table.ts';
import { ChartTableView } from './chart-table-view.tsx';
import s from './charts.module.css';
import { savePng, saveText } from './save.ts';

export type LegendItem = {
  label: ReactNode;
  color: string;
  mark?: 'line' | 'dashed' | 'box' | 'ref-box' | 'hatch' | 'dot' | 'ring';
};

/** Around every chart: what is measured and by what, the legend, the data as a table, CSV and PNG. */
export function ChartFrame({
  title,
  caption,
  legend = [],
  table,
  file,
  height = 220,
  children,
  foot,
  actions,
}: {
  title: ReactNode;
  caption?: ReactNode;
  legend?: LegendItem[];
  table: ChartTable;
  file: string;
  height?: number;
  children: ReactNode;
  foot?: ReactNode;
  actions?: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [asTable, { toggle }] = useDisclosure(false);
  return (
    <figure className={s.frame}>
      <figcaption className={s.head}>
        <span className={s.title}>
          {title} {caption !== undefined && <span className={s.caption}>{caption}</span>}
        </span>
        {legend.length > 0 && <Legend items={legend} />}
        <span className={s.tools}>
          {actions}
          <Tooltip label={asTable ? 'As a chart' : 'As a table'}>
            <ActionIcon
              size={24}
              aria-label={`${typeof title === 'string' ? title : 'Chart'} as a table`}
              aria-pressed={asTable}
              onClick={toggle}
            >
              <IconTable size={16} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
          <Menu>
            <Menu.Target>
              <ActionIcon size={24} aria-label={`Download ${typeof title === 'string' ? title : 'the chart'}`}>
                <IconDownload size={16} stroke={1.75} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => saveText(`${file}.csv`, toCsv(table), 'text/csv')}>Data (CSV)</Menu.Item>
              <Menu.Item disabled={asTable} onClick={() => void savePng(`${file}.png`, box.current)}>
                Picture (PNG)
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </span>
      </figcaption>
      {asTable ? (
        <div className={s.tableBox} style={{ height }}>
          <ChartTableView table={table} label={typeof title === 'string' ? title : file} />
        </div>
      ) : (
        <div ref={box} className={s.plot} style={{ height }}>
          {children}
        </div>
      )}
      {foot !== undefined && <div className={s.foot}>{foot}</div>}
    </figure>
  );
}

export function Legend({ items }: { items: LegendItem[] }) {
  return (
    <span className={s.legend}>
      {items.map((item, i) => (
        <span key={i} className={s.legendItem}>
          <i className={s[`mark_${item.mark ?? 'line'}`]} style={{ color: item.color }} />
          {item.label}
        </span>
      ))}
    </span>
  );
}
