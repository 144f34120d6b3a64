import { Fragment } from 'react';
import { formatNumber, formatRange } from '#components/ui/format.ts';
import { Interval } from '#components/ui/interval.tsx';
import type { ClassFigures } from '#server/domain/evaluation.schema.ts';
import type { Interval as IntervalFigures } from '#server/domain/stats/interval.schema.ts';
import s from '../experiments.module.css';
import { axisFor } from './slices.ts';

const MEASURES = ['precision', 'recall', 'f1'] as const;
const NAMES = { precision: 'precision', recall: 'recall', f1: 'F1' };

/** Precision, recall and F1 of each class, with whiskers on a common axis. */
export function ClassTable({ classes }: { classes: readonly ClassFigures[] }) {
  const domain = axisFor(classes.flatMap((one) => MEASURES.flatMap((measure) => one[measure]?.lower ?? [])));
  return (
    <table className={s.table}>
      <thead>
        <tr>
          <th scope="col">Class</th>
          <th scope="col">rows</th>
          <th scope="col">said</th>
          {MEASURES.map((measure) => (
            <Fragment key={measure}>
              <th scope="col">{NAMES[measure]}</th>
              <th scope="col">
                <span className="sr-only">95 % interval of {NAMES[measure]}</span>
              </th>
            </Fragment>
          ))}
        </tr>
      </thead>
      <tbody>
        {classes.map((one) => (
          <tr key={one.name}>
            <th scope="row">{one.name}</th>
            <td className="ink-2">{formatNumber(one.support)}</td>
            <td className="ink-2">{formatNumber(one.predicted)}</td>
            {MEASURES.map((measure) => (
              <Cells key={measure} name={`${NAMES[measure]} of ${one.name}`} figures={one[measure]} domain={domain} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cells({ name, figures, domain }: { name: string; figures: IntervalFigures | null; domain: readonly [number, number] }) {
  if (!figures)
    return (
      <>
        <td className="ink-3" title={`${name} can’t be computed: it would be 0 of 0`}>
          –
        </td>
        <td />
      </>
    );
  const words = formatRange(figures.lower, figures.upper);
  return (
    <>
      <td className="strong" title={words}>
        {formatNumber(figures.estimate, 3)}
      </td>
      <td className={s.whisker}>
        <Interval
          estimate={figures.estimate}
          lower={figures.lower}
          upper={figures.upper}
          domain={domain}
          label={`${name}: ${formatNumber(figures.estimate, 3)}, 95 % interval ${words}`}
        />
      </td>
    </>
  );
}
