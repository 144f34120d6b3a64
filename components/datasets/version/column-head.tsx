'use client';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { cx } from '#components/ui/cx.ts';
import type { Column } from '#server/features/datasets/columns.schema.ts';
import type { ColumnProfile } from '#server/features/datasets/profile.schema.ts';
import type { Condition, Sort } from '#server/features/datasets/rows.schema.ts';
import { KindIcon } from '../kinds.tsx';
import { captionOf, prepareBars } from '../prepare-bars.ts';
import { HeadBars } from './head-bars.tsx';
import { HeadValues } from './head-values.tsx';
import s from './rows.module.css';

type Props = {
  column: Column;
  profile: ColumnProfile | null;
  sort: Sort | null;
  onSort: (sort: Sort | null) => void;
  active: Condition[];
  onFilter: (condition: Condition) => void;
};

/** A column's name, which sorts, over its profile, which filters. */
export function ColumnHead({ column, profile, sort, onSort, active, onFilter }: Props) {
  const sorted = sort?.column === column.name ? sort : null;
  const next =
    sorted === null
      ? { column: column.name, descending: false }
      : sorted.descending
        ? null
        : { column: column.name, descending: true };
  const bars = profile ? prepareBars(profile) : [];
  return (
    <th
      scope="col"
      className={cx(s[column.kind], column.kind === 'number' && s.figure)}
      aria-sort={sorted ? (sorted.descending ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" className={s.name} onClick={() => onSort(next)} title={column.name}>
        <KindIcon kind={column.kind} />
        <span className="truncate">{column.name}</span>
        {sorted &&
          (sorted.descending ? (
            <IconArrowDown size={12} stroke={1.75} aria-hidden />
          ) : (
            <IconArrowUp size={12} stroke={1.75} aria-hidden />
          ))}
      </button>
      <div className={s.profile}>
        {bars.length > 0 && <HeadBars column={column.name} bars={bars} active={active} onFilter={onFilter} />}
        {profile?.top && <HeadValues profile={profile} rows={profile.top} active={active} onFilter={onFilter} />}
      </div>
      <div className={s.caption}>{profile ? captionOf(profile) : ''}</div>
    </th>
  );
}
