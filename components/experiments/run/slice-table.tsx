'use client';
import { Select } from '@mantine/core';
import { Fragment, useState } from 'react';
import { formatNumber, formatRange } from '#components/ui/format.ts';
import { Interval } from '#components/ui/interval.tsx';
import type { ClassFigures, SliceFigures } from '#server/domain/evaluation.schema.ts';
import s from '../experiments.module.css';
import { axisFor, groupSlices, rarestClass, sliceKey } from './slices.ts';

/** Accuracy in each slice with its interval, and precision, recall and F1 of one class; "–" where a slice lacks it. */
export function SliceTable({ slices, classes }: { slices: readonly SliceFigures[]; classes: readonly ClassFigures[] }) {
  const [shown, setShown] = useState(rarestClass(classes) ?? null);
  if (slices.length === 0) return <p className="ink-2">No part of the rows is large enough for figures of its own.</p>;
  const domain = axisFor(slices.map((slice) => slice.accuracy.lower));
  return (
    <>
      {classes.length > 1 && (
        <Select
          size="xs"
          label="Precision, recall and F1 of"
          data={classes.map((one) => one.name)}
          allowDeselect={false}
          value={shown}
          onChange={setShown}
          w={200}
          mb={8}
        />
      )}
      <table className={s.table}>
        <thead>
          <tr>
            <th scope="col">Slice</th>
            <th scope="col">rows</th>
            <th scope="col">accuracy</th>
            <th scope="col">
              <span className="sr-only">95 % interval of the accuracy</span>
            </th>
            <th scope="col">precision</th>
            <th scope="col">recall</th>
            <th scope="col">F1</th>
          </tr>
        </thead>
        <tbody>
          {groupSlices(slices).map(([group, members]) => (
            <Fragment key={group}>
              <tr className={s.group}>
                <th scope="rowgroup" colSpan={7}>
                  {group}
                </th>
              </tr>
              {members.map((slice) => (
                <SliceRow key={sliceKey(slice)} slice={slice} domain={domain} className={shown} />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </>
  );
}

function SliceRow({
  slice,
  domain,
  className,
}: {
  slice: SliceFigures;
  domain: readonly [number, number];
  className: string | null;
}) {
  const { accuracy } = slice;
  const own = slice.f1.find((one) => one.name === className);
  const lacks = own?.support === 0 ? `No ${className} in this slice` : undefined;
  const figure = (value: number | null | undefined) => (
    <td className={value == null ? 'ink-3' : undefined} title={value == null ? lacks : undefined}>
      {formatNumber(value, 3)}
    </td>
  );
  return (
    <tr>
      <th scope="row">{slice.value}</th>
      <td className="ink-2">{formatNumber(slice.rows)}</td>
      <td className="strong">{formatNumber(accuracy.estimate, 3)}</td>
      <td className={s.whisker}>
        <Interval
          estimate={accuracy.estimate}
          lower={accuracy.lower}
          upper={accuracy.upper}
          domain={domain}
          label={`${slice.column} ${slice.value}: accuracy ${formatNumber(accuracy.estimate, 3)}, 95 % interval ${formatRange(accuracy.lower, accuracy.upper)}`}
        />
      </td>
      {figure(own?.precision)}
      {figure(own?.recall)}
      {figure(own?.f1)}
    </tr>
  );
}
