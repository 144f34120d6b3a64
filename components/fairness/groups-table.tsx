'use client';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { formatNumber, formatRange } from '#components/ui/format.ts';
import { Interval, IntervalAxis } from '#components/ui/interval.tsx';
import type { Interval as Estimate } from '#server/domain/stats/interval.schema.ts';
import s from './fairness.module.css';

export type GroupFigure = { name: string; n: number; judged: boolean; interval: Estimate | null };

const FEW = 6;

/** One figure of each group on a common axis; groups below the minimum are grey, not judged, and past the first few behind a click. */
export function GroupsTable({
  title,
  note,
  groups,
  share,
}: {
  title: string;
  note: string;
  groups: readonly GroupFigure[];
  share: boolean;
}) {
  const [all, setAll] = useState(false);
  const judgedFirst = [...groups].sort((a, b) => Number(b.judged) - Number(a.judged));
  const kept = Math.max(FEW, groups.filter((group) => group.judged).length);
  const shown = all || groups.length <= kept + 2 ? groups : judgedFirst.slice(0, kept);
  const hidden = groups.length - shown.length;
  const most = Math.max(0, ...groups.map((group) => group.interval?.upper ?? 0));
  const least = Math.min(0, ...groups.map((group) => group.interval?.lower ?? 0));
  const domain = share ? ([0, 1] as const) : ([least, most || 1] as const);
  const digits = share ? 3 : 2;
  return (
    <table className={s.table}>
      <colgroup>
        <col style={{ width: '34%' }} />
        <col style={{ width: 56 }} />
        <col />
        <col style={{ width: 64 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Group</th>
          <th scope="col">rows</th>
          <th scope="col" title={note}>
            {title}
          </th>
          <th scope="col">figure</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ name, n, judged, interval }) => (
          <tr key={name} className={judged ? undefined : s.small} title={judged ? undefined : 'Too few rows: shown, not judged'}>
            <th scope="row" title={name}>
              {name}
            </th>
            <td>{formatNumber(n)}</td>
            <td>
              {interval ? (
                <Interval
                  estimate={interval.estimate}
                  lower={interval.lower}
                  upper={interval.upper}
                  domain={domain}
                  tone={judged ? 'accent' : 'quiet'}
                  label={`${name}: ${formatNumber(interval.estimate, digits)} of ${formatNumber(interval.n)}, 95 % interval ${formatRange(interval.lower, interval.upper)}`}
                  height={16}
                />
              ) : (
                <span className="ink-3">no such rows</span>
              )}
            </td>
            <td>{formatNumber(interval?.estimate, digits)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td className={s.more}>
            {(hidden > 0 || all) && (
              <Button size="xs" variant="subtle" onClick={() => setAll(!all)}>
                {all ? 'Show fewer' : `Show ${hidden} small groups`}
              </Button>
            )}
          </td>
          <td />
          <td>
            <IntervalAxis domain={domain} ticks={[domain[0], domain[1]]} format={(value) => formatNumber(value, share ? 0 : 1)} />
          </td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}
