'use client';
import { cx } from '#components/ui/cx.ts';
import { formatNumber } from '#components/ui/format.ts';
import type { ColumnProfile } from '#server/features/datasets/profile.schema.ts';
import type { Condition } from '#server/features/datasets/rows.schema.ts';
import s from './rows.module.css';

const SHOWN = 2;

/** The most frequent values of a column as bars that filter, and how many others there are. */
export function HeadValues({
  profile,
  rows,
  active,
  onFilter,
}: {
  profile: ColumnProfile;
  rows: { value: string; count: number }[];
  active: Condition[];
  onFilter: (condition: Condition) => void;
}) {
  const most = rows[0]?.count ?? 1;
  const others = profile.distinct - Math.min(SHOWN, rows.length);
  return (
    <div className={s.values}>
      {rows.slice(0, SHOWN).map(({ value, count }) => {
        const on = active.some((one) => one.op === 'is' && one.column === profile.name && one.value === value);
        return (
          <button
            key={value}
            type="button"
            className={cx(s.value, on && s.lit)}
            aria-pressed={on}
            title={value}
            onClick={() => onFilter({ op: 'is', column: profile.name, value })}
          >
            <span className={s.fill} style={{ width: `${(count / most) * 100}%` }} aria-hidden />
            <span className="truncate">
              <span className="sr-only">Only </span>
              {value}
            </span>
            <span className="num">{formatNumber(count)}</span>
          </button>
        );
      })}
      {others > 0 && rows.length > 0 && (
        <span className={s.others}>{`${formatNumber(others)} ${others === 1 ? 'other' : 'others'}`}</span>
      )}
    </div>
  );
}
